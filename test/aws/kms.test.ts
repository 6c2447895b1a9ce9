import { CreateKeyCommand, type KeySpec } from "@aws-sdk/client-kms";
import { createPublicKey, verify } from "node:crypto";
import { permit } from "../permit.ts";
import { describe, expect, it } from "vitest";
import { digestSigner, kms, opener, publicKey, sealer } from "../../lambdas/aws/kms.ts";
import { useAws } from "../local/aws/running.ts";
import { configOf } from "./config.ts";

const running = useAws();
const client = () => kms(configOf(running(), "kms"));

const createKey = async (KeySpec: KeySpec): Promise<string> => {
  const KeyUsage = KeySpec === "SYMMETRIC_DEFAULT" ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY";
  const { KeyMetadata } = await client().send(new CreateKeyCommand({ KeySpec, KeyUsage }));
  return KeyMetadata?.KeyId ?? "";
};

const context = { tenant: "令和", certificate: "c1", part: "key" } as const;

describe("a sealed secret", () => {
  it("is opened in the context that it was sealed in, and in no other", async () => {
    const keyId = await createKey("SYMMETRIC_DEFAULT");
    // A part of a larger piece of memory, as Node's Buffers often are.
    const secret = new Uint8Array([9, 0, 255, 1, 2]).subarray(1);
    const sealed = await sealer(client(), keyId)(context, secret);
    expect(Buffer.from(sealed).includes(Buffer.from(secret))).toBe(false);
    const open = opener(client(), keyId);
    expect(new Uint8Array(await open(permit, context, sealed))).toEqual(new Uint8Array(secret));
    await expect(open(permit, { ...context, certificate: "c2" }, sealed)).rejects.toMatchObject({
      name: "InvalidCiphertextException",
    });
  });
});

describe("a signature of a digest", () => {
  it("is verified by the key's own public key", async () => {
    const keyId = await createKey("RSA_2048");
    const text = Buffer.from("to be signed");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
    const signature = await digestSigner(client(), keyId).sign(digest);
    const key = createPublicKey({
      key: Buffer.from(await publicKey(client(), keyId)),
      format: "der",
      type: "spki",
    });
    expect(verify("sha256", text, key, signature)).toBe(true);
  });

  it("is refused by a key that is not there, with the error of KMS", async () => {
    const signer = digestSigner(client(), "11111111-2222-4333-8444-555555555555");
    await expect(signer.sign(new Uint8Array(32))).rejects.toMatchObject({ name: "NotFoundException" });
  });
});
