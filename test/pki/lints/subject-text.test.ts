import { AttributeValue } from "@peculiar/asn1-x509";
import { subjectText } from "../../../lambdas/pki/lints/subject-text.ts";
import { altered, goodLeaf, provesRule, respelled, type Case } from "./fixture.ts";

const withText = (index: number, text: string) => (): Case =>
  altered(goodLeaf(), (tbs) => {
    const kind = index === 0 ? "ia5String" : index === 5 ? "printableString" : "utf8String";
    tbs.subject[index]?.forEach((attribute) => void (attribute.value = new AttributeValue({ [kind]: text })));
  });

provesRule(
  subjectText,
  {},
  {
    "a CN of 65 characters": withText(1, "a".repeat(65)),
    "an empty OU": withText(2, ""),
    "a CN that is not UTF-8": () =>
      respelled(goodLeaf(), Buffer.from("Yamada").toString("hex"), Buffer.from("Ya\xffada", "latin1").toString("hex")),
    "an O of blanks": withText(4, "   "),
    "an O with a right-to-left override": withText(4, "Example\u{202e}Corporation"),
    "a mail address without @": withText(0, "taro.example.jp"),
    "a country in small letters": withText(5, "jp"),
  },
);
