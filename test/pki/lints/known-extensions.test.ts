import { knownExtensions } from "../../../lambdas/pki/lints/known-extensions.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, goodRoot, provesRule, setExtension } from "./fixture.ts";

const anything = Uint8Array.of(5, 0);

provesRule(
  knownExtensions,
  {},
  {
    "a leaf with name constraints": () => altered(goodLeaf(), (tbs) => setExtension(tbs, "2.5.29.30", anything)),
    "a leaf with a Netscape comment": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, "2.16.840.1.113730.1.13", anything)),
    "a root with a distribution point": () =>
      altered(goodRoot, (tbs) => setExtension(tbs, oid.crlDistributionPoints, anything)),
    "an issuing authority whose basic constraints are not critical": () =>
      altered(goodIssuing, (tbs) =>
        tbs.extensions?.forEach((extension) => void (extension.critical = extension.extnID === oid.keyUsage)),
      ),
    "a leaf whose alternative names are critical": () =>
      altered(goodLeaf(), (tbs) =>
        tbs.extensions?.forEach((extension) => void (extension.critical ||= extension.extnID === oid.subjectAltName)),
      ),
  },
);
