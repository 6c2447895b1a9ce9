import { BasicConstraints } from "@peculiar/asn1-x509";
import { basicConstraints } from "../../../lambdas/pki/lints/basic-constraints.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, goodRoot, provesRule, removeExtension, setExtension } from "./fixture.ts";

const authority = (pathLenConstraint?: number) =>
  new BasicConstraints({ cA: true, ...(pathLenConstraint !== undefined && { pathLenConstraint }) });

provesRule(
  basicConstraints,
  {},
  {
    "a leaf that is an authority": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.basicConstraints, authority(0), true)),
    "an issuing authority that allows another below it": () =>
      altered(goodIssuing, (tbs) => setExtension(tbs, oid.basicConstraints, authority(1))),
    "an issuing authority without bound": () =>
      altered(goodIssuing, (tbs) => setExtension(tbs, oid.basicConstraints, authority())),
    "an issuing authority without basic constraints": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.basicConstraints)),
    "a root with path length 0": () =>
      altered(goodRoot, (tbs) => setExtension(tbs, oid.basicConstraints, authority(0))),
  },
);
