import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectPublicKeyInfo } from "@peculiar/asn1-x509";
import { generateKey } from "../../../lambdas/pki/keys.ts";
import { publicKey } from "../../../lambdas/pki/lints/public-key.ts";
import { altered, goodLeaf, provesRule, type Case } from "./fixture.ts";

const withKey = (make: () => { readonly publicKey: KeyObject }) => (): Case =>
  altered(goodLeaf(), (tbs) => {
    tbs.subjectPublicKeyInfo = AsnConvert.parse(
      make().publicKey.export({ type: "spki", format: "der" }),
      SubjectPublicKeyInfo,
    );
  });

const forLeaf = async (kind: "rsa2048" | "rsa3072"): Promise<Case> =>
  goodLeaf({ publicKey: (await generateKey(kind)).spki });

provesRule(
  publicKey,
  { "RSA of 2048 bits": await forLeaf("rsa2048"), "RSA of 3072 bits": await forLeaf("rsa3072") },
  {
    "RSA of 1024 bits": withKey(() => generateKeyPairSync("rsa", { modulusLength: 1024 })),
    "RSA with the exponent 3": withKey(() => generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 })),
    "a key on P-384": withKey(() => generateKeyPairSync("ec", { namedCurve: "P-384" })),
    "a key on secp256k1": withKey(() => generateKeyPairSync("ec", { namedCurve: "secp256k1" })),
  },
);
