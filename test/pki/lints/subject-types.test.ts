import { AttributeValue } from "@peculiar/asn1-x509";
import { subjectTypes } from "../../../lambdas/pki/lints/subject-types.ts";
import { altered, goodLeaf, provesRule, type Case } from "./fixture.ts";

const withValue = (index: number, value: AttributeValue) => (): Case =>
  altered(goodLeaf(), (tbs) => tbs.subject[index]?.forEach((attribute) => void (attribute.value = value)));

provesRule(
  subjectTypes,
  {},
  {
    "E as UTF8String": withValue(0, new AttributeValue({ utf8String: "taro.yamada@example.jp" })),
    "CN as PrintableString": withValue(1, new AttributeValue({ printableString: "Yamada Taro" })),
    "C as UTF8String": withValue(5, new AttributeValue({ utf8String: "JP" })),
  },
);
