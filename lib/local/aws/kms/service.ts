import { createPrivateKey } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { accountId, read } from "../input.ts";
import { AwsError, type Json, type JsonService } from "../protocol.ts";
import { signDigestP256 } from "./ecdsa.ts";
import { keySpecs, openKeys, type KeyRow, type Keys } from "./keys.ts";
import { createRsaSigner } from "./rsa.ts";
import { seal, sealedBy, unseal } from "./sealing.ts";

const keyed = z.looseObject({ KeyId: z.string() });
const create = z.looseObject({
  KeySpec: z.enum(keySpecs).default("SYMMETRIC_DEFAULT"),
  KeyUsage: z.string().optional(),
  Description: z.string().default(""),
});
const context = z.record(z.string(), z.string()).default({});
const blob = z.base64().transform((encoded) => Buffer.from(encoded, "base64"));
const encrypt = keyed.extend({ Plaintext: blob, EncryptionContext: context });
const decrypt = z.looseObject({
  KeyId: z.string().optional(),
  CiphertextBlob: blob,
  EncryptionContext: context,
});
const sign = keyed.extend({
  Message: blob,
  MessageType: z.string().default("RAW"),
  SigningAlgorithm: z.string(),
});

const asked = z.looseObject({
  KeyId: z.string().optional(),
  CiphertextBlob: blob.optional(),
  EncryptionContext: context,
  SigningAlgorithm: z.string().optional(),
  MessageType: z.string().optional(),
});

const usageOf = ({ spec }: KeyRow): string => (spec === "SYMMETRIC_DEFAULT" ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY");

const algorithmOf = ({ spec }: KeyRow): string =>
  spec === "ECC_NIST_P256" ? "ECDSA_SHA_256" : "RSASSA_PKCS1_V1_5_SHA_256";

const describe = (keys: Keys, key: KeyRow): Json => ({
  AWSAccountId: accountId,
  KeyId: key.id,
  Arn: keys.arn(key),
  CreationDate: key.created_at / 1000,
  Enabled: true,
  Description: key.description,
  KeyUsage: usageOf(key),
  KeyState: "Enabled",
  Origin: "AWS_KMS",
  KeyManager: "CUSTOMER",
  KeySpec: key.spec,
  CustomerMasterKeySpec: key.spec,
  MultiRegion: false,
  ...(usageOf(key) === "SIGN_VERIFY"
    ? { SigningAlgorithms: [algorithmOf(key)] }
    : { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }),
});

const checkUsage = (key: KeyRow, usage: string): void => {
  if (usageOf(key) === usage) return;
  throw new AwsError("InvalidKeyUsageException", `The key ${key.id} is for ${usageOf(key)}, not for ${usage}.`);
};

/** KMS with the keys stored in `database`: AES-256-GCM sealing and signatures of SHA-256 digests. */
export const kms = (database: DatabaseSync, region: string): JsonService => {
  const keys = openKeys(database, region);
  const rsa = createRsaSigner();
  return {
    name: "kms",
    target: "TrentService",
    close: () => rsa.close(),
    asks: (operation, input) => {
      const { EncryptionContext, SigningAlgorithm, MessageType, CiphertextBlob, KeyId } = read(asked, input);
      const key = KeyId === undefined && CiphertextBlob !== undefined ? sealedBy(CiphertextBlob) : KeyId;
      const context = {
        ...Object.fromEntries(
          Object.entries(EncryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
        ),
        "kms:SigningAlgorithm": SigningAlgorithm,
        "kms:MessageType": MessageType,
      };
      const resource = key === undefined ? "*" : keys.arn(keys.get(key));
      return [{ action: `kms:${operation}`, resource, context }];
    },
    operations: {
      CreateKey: async (input) => {
        const { KeySpec, KeyUsage, Description } = read(create, input);
        const expected = KeySpec === "SYMMETRIC_DEFAULT" ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY";
        if ((KeyUsage ?? "ENCRYPT_DECRYPT") !== expected) {
          throw new AwsError("ValidationException", `KeyUsage of ${KeySpec} is ${expected} here.`);
        }
        return { KeyMetadata: describe(keys, await keys.create(KeySpec, Description)) };
      },
      // Validated only: keys are not old enough here to be rotated.
      EnableKeyRotation: (input) => {
        checkUsage(keys.get(read(keyed, input).KeyId), "ENCRYPT_DECRYPT");
        return {};
      },
      GetPublicKey: (input) => {
        const key = keys.get(read(keyed, input).KeyId);
        checkUsage(key, "SIGN_VERIFY");
        return {
          KeyId: keys.arn(key),
          PublicKey: Buffer.from(key.public_key).toString("base64"),
          KeySpec: key.spec,
          CustomerMasterKeySpec: key.spec,
          KeyUsage: usageOf(key),
          SigningAlgorithms: [algorithmOf(key)],
        };
      },
      Sign: async (input) => {
        const { KeyId, Message, MessageType, SigningAlgorithm } = read(sign, input);
        const key = keys.get(KeyId);
        checkUsage(key, "SIGN_VERIFY");
        if (MessageType !== "DIGEST") {
          const detail = `MessageType ${MessageType} is not served here: send the SHA-256 digest with MessageType DIGEST.`;
          throw new AwsError("ValidationException", detail);
        }
        if (Message.length !== 32)
          throw new AwsError("ValidationException", "Digest is invalid length: SHA-256 has 32 bytes.");
        if (SigningAlgorithm !== algorithmOf(key)) {
          const detail = `The key ${key.id} signs with ${algorithmOf(key)} here, not with ${SigningAlgorithm}.`;
          throw new AwsError("InvalidKeyUsageException", detail);
        }
        const signature =
          key.spec === "ECC_NIST_P256"
            ? signDigestP256(ecPrivate(key), Message)
            : await rsa.sign(key.id, key.material, Message);
        const Signature = Buffer.from(signature).toString("base64");
        return { KeyId: keys.arn(key), Signature, SigningAlgorithm };
      },
      Encrypt: (input) => {
        const { KeyId, Plaintext, EncryptionContext } = read(encrypt, input);
        const key = keys.get(KeyId);
        checkUsage(key, "ENCRYPT_DECRYPT");
        if (Plaintext.length === 0 || Plaintext.length > 4096) {
          throw new AwsError("ValidationException", "Plaintext has 1 to 4096 bytes.");
        }
        const CiphertextBlob = seal(key, Plaintext, EncryptionContext).toString("base64");
        return { KeyId: keys.arn(key), CiphertextBlob, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
      },
      Decrypt: (input) => {
        const { KeyId, CiphertextBlob, EncryptionContext } = read(decrypt, input);
        const key = keys.get(sealedBy(CiphertextBlob));
        if (KeyId !== undefined && keys.get(KeyId).id !== key.id) {
          throw new AwsError("IncorrectKeyException", "The ciphertext was made with another key.");
        }
        const Plaintext = unseal(key, CiphertextBlob, EncryptionContext).toString("base64");
        return { KeyId: keys.arn(key), Plaintext, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
      },
    },
  };
};

const ecPrivate = ({ material }: KeyRow) =>
  createPrivateKey({ key: Buffer.from(material), format: "der", type: "pkcs8" }).export({ format: "jwk" });
