import { GeneralName, SubjectAlternativeName } from "@peculiar/asn1-x509";
import { subjectAlternativeName } from "../../../lambdas/pki/lints/subject-alternative-name.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const mail = new GeneralName({ rfc822Name: "taro.yamada@example.jp" });
const names =
  (...all: GeneralName[]) =>
  () =>
    altered(goodLeaf(), (tbs) => setExtension(tbs, oid.subjectAltName, new SubjectAlternativeName(all)));

provesRule(
  subjectAlternativeName,
  {},
  {
    "another mail address than the subject's": names(new GeneralName({ rfc822Name: "jiro.yamada@example.jp" })),
    "a leaf without alternative names": () => altered(goodLeaf(), (tbs) => removeExtension(tbs, oid.subjectAltName)),
    "a host name beside the mail address": names(mail, new GeneralName({ dNSName: "example.jp" })),
    "a third name": names(mail, mail, mail),
  },
);
