import { AuthorityKeyIdentifier, KeyIdentifier } from "@peculiar/asn1-x509";
import { authorityKeyIdentifier } from "../../../lambdas/pki/lints/authority-key-identifier.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

provesRule(
  authorityKeyIdentifier,
  {},
  {
    "another authority's identifier": () =>
      altered(goodLeaf(), (tbs) =>
        setExtension(
          tbs,
          oid.authorityKeyIdentifier,
          new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(new Uint8Array(20)) }),
        ),
      ),
    "an identifier without key": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.authorityKeyIdentifier, new AuthorityKeyIdentifier())),
    "an issuing authority without it": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.authorityKeyIdentifier)),
  },
);
