import {
  CreateKeyCommand,
  DecryptCommand,
  type DecryptCommandInput,
  EncryptCommand,
  type EncryptCommandInput,
  GetPublicKeyCommand,
  type GetPublicKeyCommandInput,
  type KeySpec,
  SignCommand,
  type SignCommandInput,
} from "@aws-sdk/client-kms";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { kms } from "../../../lambdas/aws/wire/kms.ts";
import { useAws } from "../../local/aws/running.ts";
import { environmentOf } from "./environment.ts";
import { same } from "./outcome.ts";

const running = useAws();
const ours = () => kms(environmentOf(running()));
const sdk = () => running().kms;

const createKey = async (KeySpec: KeySpec): Promise<string> => {
  const KeyUsage = KeySpec === "SYMMETRIC_DEFAULT" ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY";
  const { KeyMetadata } = await sdk().send(new CreateKeyCommand({ KeySpec, KeyUsage }));
  return KeyMetadata?.KeyId ?? "";
};
const sign = (input: SignCommandInput) =>
  same(
    ours().sign(input),
    sdk()
      .send(new SignCommand(input))
      .then(({ Signature }) => Signature),
  );
const publicKey = (input: GetPublicKeyCommandInput) =>
  same(
    ours().publicKey(input),
    sdk()
      .send(new GetPublicKeyCommand(input))
      .then(({ PublicKey }) => PublicKey),
  );
const decrypt = (input: DecryptCommandInput) =>
  same(
    ours().decrypt(input),
    sdk()
      .send(new DecryptCommand(input))
      .then(({ Plaintext }) => Plaintext),
  );

const nowhere = "11111111-2222-4333-8444-555555555555";
const EncryptionContext = { tenant: "令和", part: "p12" };
const Plaintext = new Uint8Array([0, 255, 1, 2, 3]).subarray(1);

describe("kms", () => {
  it("decrypts what the SDK encrypts, and the other way round", async () => {
    const KeyId = await createKey("SYMMETRIC_DEFAULT");
    const input: EncryptCommandInput = { KeyId, Plaintext, EncryptionContext };
    const { CiphertextBlob: theirs } = await sdk().send(new EncryptCommand(input));
    for (const CiphertextBlob of [theirs, await ours().encrypt(input)])
      expect(await decrypt({ KeyId, CiphertextBlob, EncryptionContext })).toEqual({ answer: Plaintext });
  });

  it("signs, and gives the public key, as the SDK does", async () => {
    const KeyId = await createKey("RSA_2048");
    const Message = createHash("sha256").update("to be signed").digest();
    const input = { KeyId, Message, MessageType: "DIGEST", SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256" } as const;
    expect(await sign(input)).toMatchObject({ answer: { length: 256 } });
    expect(await publicKey({ KeyId })).toHaveProperty("answer");
  });

  it("is refused as the SDK is", async () => {
    const KeyId = await createKey("SYMMETRIC_DEFAULT");
    const CiphertextBlob = await ours().encrypt({ KeyId, Plaintext, EncryptionContext });
    const other = { KeyId, CiphertextBlob, EncryptionContext: { tenant: "other" } };
    expect(await decrypt(other)).toMatchObject({ name: "InvalidCiphertextException", status: 400 });
    expect(await publicKey({ KeyId: nowhere })).toMatchObject({ name: "NotFoundException", status: 400 });
    expect(await decrypt({ KeyId: nowhere, CiphertextBlob })).toHaveProperty("name");
    const input = { KeyId, Message: Buffer.alloc(32), MessageType: "DIGEST" } as const;
    expect(await sign({ ...input, SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256" })).toMatchObject({
      name: "InvalidKeyUsageException",
    });
    const absent = { KeyId: nowhere, Plaintext };
    expect(await same(ours().encrypt(absent), sdk().send(new EncryptCommand(absent)))).toMatchObject({
      name: "NotFoundException",
    });
  });
});
