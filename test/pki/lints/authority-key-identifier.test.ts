import { AsnConvert } from "@peculiar/asn1-schema";
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
    "the right identifier with one certificate of the authority": () =>
      altered(goodLeaf(), (tbs) => {
        const value = tbs.extensions?.find(({ extnID }) => extnID === oid.authorityKeyIdentifier)?.extnValue;
        const { keyIdentifier } = AsnConvert.parse(value?.buffer ?? new ArrayBuffer(0), AuthorityKeyIdentifier);
        if (keyIdentifier === undefined) throw new Error("the good certificate has no key identifier");
        setExtension(
          tbs,
          oid.authorityKeyIdentifier,
          new AuthorityKeyIdentifier({ keyIdentifier, authorityCertSerialNumber: Uint8Array.of(1).buffer }),
        );
      }),
    "an issuing authority without it": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.authorityKeyIdentifier)),
  },
);
