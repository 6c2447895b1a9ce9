import { AsnConvert } from "@peculiar/asn1-schema";
import { RelativeDistinguishedName, TBSCertificate } from "@peculiar/asn1-x509";
import { subjectOrder } from "../../../lambdas/pki/lints/subject-order.ts";
import { altered, goodIssuing, goodLeaf, provesRule } from "./fixture.ts";

const noUnits = { email: "a@b.jp", commonName: "A B", organizationalUnits: [], organization: "O", country: "JP" };
const emailOfLeaf = AsnConvert.parse(goodLeaf().tbs, TBSCertificate).subject.slice(0, 1);

provesRule(
  subjectOrder,
  { "a leaf without OU": goodLeaf({ subject: noUnits }) },
  {
    "the order that most authorities use": () =>
      altered(goodLeaf(), (tbs) => void tbs.subject.splice(0, Infinity, ...tbs.subject.toReversed())),
    "a leaf without mail address": () => altered(goodLeaf(), (tbs) => void tbs.subject.shift()),
    "two common names": () => altered(goodLeaf(), (tbs) => void tbs.subject.splice(1, 0, ...tbs.subject.slice(1, 2))),
    "two attributes in one RDN": () =>
      altered(
        goodLeaf(),
        (tbs) => void tbs.subject.splice(0, 2, new RelativeDistinguishedName(tbs.subject.slice(0, 2).flat())),
      ),
    "an attribute that is not of the profile": () =>
      altered(goodLeaf(), (tbs) => tbs.subject[2]?.forEach((attribute) => void (attribute.type = "2.5.4.5"))),
    "an authority with a mail address": () => altered(goodIssuing, (tbs) => void tbs.subject.unshift(...emailOfLeaf)),
  },
);
