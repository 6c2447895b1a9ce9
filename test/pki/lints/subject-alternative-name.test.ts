import { GeneralName, OtherName, SubjectAlternativeName } from "@peculiar/asn1-x509";
import { ia5String, utf8String } from "../../../lambdas/pki/der.ts";
import { subjectAlternativeName } from "../../../lambdas/pki/lints/subject-alternative-name.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const mail = new GeneralName({ rfc822Name: "taro.yamada@example.jp" });
const names =
  (...all: GeneralName[]) =>
  () =>
    altered(goodLeaf(), (tbs) => setExtension(tbs, oid.subjectAltName, new SubjectAlternativeName(all)));
const upn = (value: Uint8Array, typeId: string = oid.userPrincipalName): GeneralName =>
  new GeneralName({ otherName: new OtherName({ typeId, value: Uint8Array.from(value).buffer }) });

provesRule(
  subjectAlternativeName,
  {},
  {
    "another mail address than the subject's": names(new GeneralName({ rfc822Name: "jiro.yamada@example.jp" })),
    "a leaf without alternative names": () => altered(goodLeaf(), (tbs) => removeExtension(tbs, oid.subjectAltName)),
    "a host name beside the mail address": names(mail, new GeneralName({ dNSName: "example.jp" })),
    "a user principal name without suffix": names(mail, upn(utf8String("taro"))),
    "a user principal name that is no UTF8String": names(mail, upn(ia5String("taro@example.jp"))),
    "another name of an unknown type": names(mail, upn(utf8String("taro@example.jp"), "1.3.6.1.5.5.7.8.5")),
    "a third name": names(mail, mail, mail),
  },
);
