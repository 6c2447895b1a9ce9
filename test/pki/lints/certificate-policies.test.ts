import { CertificatePolicies, PolicyInformation } from "@peculiar/asn1-x509";
import { certificatePolicies } from "../../../lambdas/pki/lints/certificate-policies.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const policies = (...ids: string[]) =>
  new CertificatePolicies(ids.map((policyIdentifier) => new PolicyInformation({ policyIdentifier })));
const OWN = "1.3.6.1.4.1.99999.1";

provesRule(
  certificatePolicies,
  { "a leaf without policy": goodLeaf({ policies: [] }) },
  {
    "a leaf with any policy": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.certificatePolicies, policies(oid.anyPolicy))),
    "a leaf with a policy twice": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.certificatePolicies, policies(OWN, OWN))),
    "an issuing authority bound to a policy": () =>
      altered(goodIssuing, (tbs) => setExtension(tbs, oid.certificatePolicies, policies(OWN))),
    "an issuing authority without policies": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.certificatePolicies)),
  },
);
