import { CertificatePolicies, PolicyInformation, PolicyQualifierInfo } from "@peculiar/asn1-x509";
import { certificatePolicies } from "../../../lambdas/pki/lints/certificate-policies.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const policies = (...ids: string[]) =>
  new CertificatePolicies(ids.map((policyIdentifier) => new PolicyInformation({ policyIdentifier })));
const OWN = "1.3.6.1.4.1.99999.1";
const qualified = new CertificatePolicies([
  new PolicyInformation({
    policyIdentifier: OWN,
    policyQualifiers: [
      new PolicyQualifierInfo({ policyQualifierId: "1.3.6.1.5.5.7.2.1", qualifier: Uint8Array.of(0x16, 0).buffer }),
    ],
  }),
]);

const [A, B] = ["7.60466175", "76.466175"];
/** A leaf of the tenant A, or of an administrator, with these policies. */
const tenants = (tenantArcs: string | undefined, ...ids: string[]) => ({
  ...goodLeaf({ policies: ids }),
  policies: { tenantArcs },
});

provesRule(
  certificatePolicies,
  {
    "a leaf without policy": goodLeaf({ policies: [] }),
    "a tenant's leaf": tenants(A, OWN, `${OWN}.${A}`),
    "a tenant's leaf of a provider without policy": tenants(A),
    "an administrator's leaf": tenants(undefined, OWN),
  },
  {
    "a leaf with another tenant's policy": () => tenants(A, OWN, `${OWN}.${B}`),
    "a leaf with another tenant's policy beside its own": () => tenants(A, OWN, `${OWN}.${A}`, `${OWN}.${B}`),
    "a leaf without its tenant's policy": () => tenants(A, OWN),
    "a leaf with its tenant's policy below another arc": () => tenants(A, OWN, `1.3.6.1.4.1.99999.2.${A}`),
    "an administrator's leaf with the tenant's policy": () => tenants(undefined, OWN, `${OWN}.${A}`),
    "a leaf with any policy": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.certificatePolicies, policies(oid.anyPolicy))),
    "a leaf with an empty list of policies": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.certificatePolicies, policies())),
    "a leaf with a policy twice": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.certificatePolicies, policies(OWN, OWN))),
    "a policy with a qualifier": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.certificatePolicies, qualified)),
    "an issuing authority bound to a policy": () =>
      altered(goodIssuing, (tbs) => setExtension(tbs, oid.certificatePolicies, policies(OWN))),
    "an issuing authority without policies": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.certificatePolicies)),
  },
);
