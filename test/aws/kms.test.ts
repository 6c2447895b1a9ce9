import { CreateKeyCommand, DecryptCommand, type KeySpec } from "@aws-sdk/client-kms";
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

  /** Everything that a secret is bound to, and what is sealed: each changed alone. */
  const changes: Readonly<Record<string, (blob: Buffer) => readonly [context: object, blob: Uint8Array]>> = {
    "the other part": (blob) => [{ ...context, part: "password" }, blob],
    "another tenant": (blob) => [{ ...context, tenant: "t2" }, blob],
    "another certificate": (blob) => [{ ...context, certificate: "c2" }, blob],
    "no context": (blob) => [{}, blob],
    "one thing more": (blob) => [{ ...context, more: "1" }, blob],
    "one thing less": (blob) => [{ tenant: context.tenant, part: context.part }, blob],
    "names and values exchanged": (blob) => [
      { ...context, tenant: context.certificate, certificate: context.tenant },
      blob,
    ],
    "its first bit flipped": (blob) => [context, flipped(blob, 0)],
    "a bit in its middle flipped": (blob) => [context, flipped(blob, Math.floor(blob.length / 2))],
    "its last bit flipped": (blob) => [context, flipped(blob, blob.length - 1)],
    "its end cut off": (blob) => [context, blob.subarray(0, -1)],
    nothing: () => [context, Buffer.alloc(1)],
  };
  const flipped = (blob: Buffer, at: number) =>
    Buffer.from(blob.map((octet, index) => (index === at ? octet ^ 1 : octet)));

  it.each(Object.entries(changes))("is not opened with %s", async (_, change) => {
    const keyId = await createKey("SYMMETRIC_DEFAULT");
    const sealed = Buffer.from(await sealer(client(), keyId)(context, Buffer.from("secret")));
    const other = Buffer.from(await sealer(client(), keyId)({ ...context, part: "password" }, Buffer.from("other")));
    const [given, blob] = change(sealed);
    const open = (asked: object, from: Uint8Array) =>
      client().send(new DecryptCommand({ KeyId: keyId, CiphertextBlob: from, EncryptionContext: { ...asked } }));
    await expect(open(given, blob)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    await expect(open(context, other)).rejects.toMatchObject({ name: "InvalidCiphertextException" });
    expect(Buffer.from((await open(context, sealed)).Plaintext ?? []).toString()).toBe("secret");
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
