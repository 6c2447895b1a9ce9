import { KeyUsage, KeyUsageFlags } from "@peculiar/asn1-x509";
import { generateKey } from "../../../lambdas/pki/keys.ts";
import { keyUsage } from "../../../lambdas/pki/lints/key-usage.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const rsaLeaf = goodLeaf({ publicKey: (await generateKey("rsa2048")).spki });
const bits = (flags: number) => new KeyUsage(flags);

provesRule(
  keyUsage,
  { "an RSA leaf": rsaLeaf },
  {
    "a leaf that signs certificates": () =>
      altered(goodLeaf(), (tbs) =>
        setExtension(tbs, oid.keyUsage, bits(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign)),
      ),
    "a P-256 leaf that receives keys": () =>
      altered(goodLeaf(), (tbs) =>
        setExtension(tbs, oid.keyUsage, bits(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment)),
      ),
    "an RSA leaf that receives keys": () =>
      altered(rsaLeaf, (tbs) =>
        setExtension(tbs, oid.keyUsage, bits(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment)),
      ),
    "an RSA leaf that agrees on keys": () =>
      altered(rsaLeaf, (tbs) =>
        setExtension(tbs, oid.keyUsage, bits(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyAgreement)),
      ),
    "a leaf whose bits end with a zero": () =>
      altered(goodLeaf(), (tbs) => setExtension(tbs, oid.keyUsage, Uint8Array.of(3, 2, 6, 0x80))),
    "a leaf without key usage": () => altered(goodLeaf(), (tbs) => removeExtension(tbs, oid.keyUsage)),
    "an authority that signs no CRL": () =>
      altered(goodIssuing, (tbs) => setExtension(tbs, oid.keyUsage, bits(KeyUsageFlags.keyCertSign))),
  },
);
