import { createHash, createPublicKey, verify } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import {
  CreateKeyCommand,
  DecryptCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetPublicKeyCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  type KeySpec,
  type MessageType,
  type SigningAlgorithmSpec,
} from "@aws-sdk/client-kms";
import { describe, expect, it } from "vitest";
import { clientsOf, expectRefusal, useAws } from "./running.ts";

const running = useAws();

const createKey = async (KeySpec: KeySpec = "SYMMETRIC_DEFAULT"): Promise<string> => {
  const KeyUsage = KeySpec === "SYMMETRIC_DEFAULT" ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY";
  const { KeyMetadata } = await running().kms.send(new CreateKeyCommand({ KeySpec, KeyUsage }));
  return KeyMetadata?.KeyId ?? "";
};

const message = Buffer.from("to be signed");
const digest = createHash("sha256").update(message).digest();

const sign = async (KeyId: string, SigningAlgorithm: SigningAlgorithmSpec, MessageType: MessageType = "DIGEST") =>
  running().kms.send(new SignCommand({ KeyId, Message: digest, MessageType, SigningAlgorithm }));

const publicKey = async (KeyId: string) => {
  const { PublicKey } = await running().kms.send(new GetPublicKeyCommand({ KeyId }));
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: "der", type: "spki" });
};

describe("a signing key", () => {
  it.each([
    ["RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256", 2048],
    ["RSA_4096", "RSASSA_PKCS1_V1_5_SHA_256", 4096],
  ] as const)("of %s signs digests with %s", async (spec, algorithm, bits) => {
    const key = await createKey(spec);
    const { Signature } = await sign(key, algorithm);
    const known = await publicKey(key);
    expect(known.asymmetricKeyDetails?.modulusLength).toBe(bits);
    expect(verify("sha256", message, known, Signature ?? Buffer.of())).toBe(true);
  });

  it("of ECC_NIST_P256 signs digests with ECDSA_SHA_256", async () => {
    const key = await createKey("ECC_NIST_P256");
    const known = await publicKey(key);
    for (let round = 0; round < 50; round += 1) {
      const { Signature } = await sign(key, "ECDSA_SHA_256");
      expect(verify("sha256", message, known, Signature ?? Buffer.of())).toBe(true);
    }
  });

  it("signs nothing but digests, and only with its own algorithm", async () => {
    const key = await createKey("RSA_2048");
    const raw = await expectRefusal(sign(key, "RSASSA_PKCS1_V1_5_SHA_256", "RAW"), "ValidationException", 400);
    expect(raw.message).toContain("MessageType DIGEST");
    await expectRefusal(sign(key, "ECDSA_SHA_256"), "InvalidKeyUsageException", 400);
    const order = { KeyId: key, Message: Buffer.alloc(31), MessageType: "DIGEST" as const };
    const short = new SignCommand({ ...order, SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256" });
    await expectRefusal(running().kms.send(short), "ValidationException", 400);
    await expectRefusal(sign(await createKey(), "ECDSA_SHA_256"), "InvalidKeyUsageException", 400);
  });

  it("is found by its ARN", async () => {
    const { KeyMetadata } = await running().kms.send(
      new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }),
    );
    const { KeyId = "", Arn = "" } = KeyMetadata ?? {};
    expect((await publicKey(Arn)).equals(await publicKey(KeyId))).toBe(true);
    await expectRefusal(publicKey("none"), "NotFoundException", 400);
  });
});

describe("a sealing key", () => {
  const context = { tenant: "t1", part: "key" };

  it("opens what it sealed, in the same context only", async () => {
    const KeyId = await createKey();
    await running().kms.send(new EnableKeyRotationCommand({ KeyId }));
    const Plaintext = Buffer.from("secret");
    const sealed = new EncryptCommand({ KeyId, Plaintext, EncryptionContext: context });
    const { CiphertextBlob } = await running().kms.send(sealed);
    expect(Buffer.from(CiphertextBlob ?? []).includes(Plaintext)).toBe(false);
    const open = async (EncryptionContext: Record<string, string>, blob = CiphertextBlob) =>
      running().kms.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext }));
    const opened = await open({ part: "key", tenant: "t1" });
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
    await expectRefusal(open({ ...context, part: "password" }), "InvalidCiphertextException", 400);
    await expectRefusal(open({}), "InvalidCiphertextException", 400);
    const changed = Buffer.from(CiphertextBlob ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expectRefusal(open(context, changed), "InvalidCiphertextException", 400);
    const other = await createKey();
    const wrong = new DecryptCommand({ KeyId: other, CiphertextBlob, EncryptionContext: context });
    await expectRefusal(running().kms.send(wrong), "IncorrectKeyException", 400);
  });

  it("takes 4096 bytes and no more", async () => {
    const KeyId = await createKey();
    const seal = async (bytes: number) =>
      running().kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(bytes) }));
    await seal(4096);
    await expectRefusal(seal(4097), "ValidationException", 400);
  });
});

describe("KMS", () => {
  it("keeps its keys where only this user reads", () => {
    const { dataDirectory } = running().configuration;
    for (const file of ["services.sqlite", "services.sqlite-wal"]) {
      expect(statSync(join(dataDirectory, file)).mode & 0o777).toBe(0o600);
    }
  });

  it("refuses a wrong secret", async () => {
    const { urls, configuration } = running();
    const wrong = clientsOf(urls, { ...configuration.credentials, secretAccessKey: "wrong" });
    await expectRefusal(wrong.kms.send(new CreateKeyCommand({})), "InvalidSignatureException", 403);
  });

  it("destroys no key: 501 by name", async () => {
    const call = running().kms.send(new ScheduleKeyDeletionCommand({ KeyId: await createKey() }));
    expect((await expectRefusal(call, "NotImplemented", 501)).message).toContain("ScheduleKeyDeletion");
  });
});
