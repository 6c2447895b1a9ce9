import {
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  GeneralName,
  Reason,
  ReasonFlags,
} from "@peculiar/asn1-x509";
import { distributionPoint } from "../../../lambdas/pki/lints/distribution-point.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const point = (...urls: string[]) =>
  new DistributionPoint({
    distributionPoint: new DistributionPointName({
      fullName: urls.map((url) => new GeneralName({ uniformResourceIdentifier: url })),
    }),
  });
const points =
  (...all: DistributionPoint[]) =>
  () =>
    altered(goodLeaf(), (tbs) => setExtension(tbs, oid.crlDistributionPoints, new CRLDistributionPoints(all)));

provesRule(
  distributionPoint,
  {},
  {
    "https, which needs the check that the list is for": points(point("https://crl.example.jp/a.crl")),
    ldap: points(point("ldap://crl.example.jp/cn=a")),
    "two points": points(point("http://crl.example.jp/a.crl"), point("http://crl.example.jp/b.crl")),
    "two URLs in a point": points(point("http://crl.example.jp/a.crl", "http://crl.example.jp/b.crl")),
    "a point for some reasons alone": points(
      Object.assign(point("http://crl.example.jp/a.crl"), { reasons: new Reason(ReasonFlags.keyCompromise) }),
    ),
    "a host name instead of a URL": points(
      new DistributionPoint({
        distributionPoint: new DistributionPointName({ fullName: [new GeneralName({ dNSName: "crl.example.jp" })] }),
      }),
    ),
    "an issuing authority without one": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.crlDistributionPoints)),
  },
);
