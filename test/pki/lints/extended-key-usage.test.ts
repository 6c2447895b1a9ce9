import { ExtendedKeyUsage } from "@peculiar/asn1-x509";
import { extendedKeyUsage } from "../../../lambdas/pki/lints/extended-key-usage.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const usages =
  (...ids: string[]) =>
  () =>
    altered(goodLeaf(), (tbs) => setExtension(tbs, oid.extKeyUsage, new ExtendedKeyUsage(ids)));

provesRule(
  extendedKeyUsage,
  {},
  {
    serverAuth: usages(oid.clientAuth, "1.3.6.1.5.5.7.3.1"),
    anyExtendedKeyUsage: usages("2.5.29.37.0"),
    "smart-card logon without a user principal name": usages(oid.clientAuth, oid.smartcardLogon),
    "a leaf without extended key usage": () => altered(goodLeaf(), (tbs) => removeExtension(tbs, oid.extKeyUsage)),
    "a user principal name without smart-card logon": () =>
      altered(goodLeaf({ upn: "taro@example.jp" }), (tbs) =>
        setExtension(tbs, oid.extKeyUsage, new ExtendedKeyUsage([oid.clientAuth])),
      ),
  },
);
