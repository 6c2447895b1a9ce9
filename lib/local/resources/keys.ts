import { CreateKeyCommand, EnableKeyRotationCommand } from "@aws-sdk/client-kms";
import * as z from "zod";
import { read, truth, unused, type Provider } from "./provider.ts";

const shape = z.strictObject({
  Description: z.string().optional(),
  KeySpec: z
    .enum(["SYMMETRIC_DEFAULT", "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384"])
    .default("SYMMETRIC_DEFAULT"),
  KeyUsage: z.enum(["ENCRYPT_DECRYPT", "SIGN_VERIFY"]).default("ENCRYPT_DECRYPT"),
  EnableKeyRotation: truth.optional(),
  // No local meaning: there is one pair of credentials, and keys are never deleted.
  KeyPolicy: unused,
  PendingWindowInDays: unused,
  Enabled: z.literal(true).optional(),
  Tags: unused,
});

/** Creates a KMS key. An existing key keeps its kind: throws with the remedy if the template asks for another. */
export const key: Provider = async ({ kms }, request) => {
  const { Description, KeySpec, KeyUsage, EnableKeyRotation } = read(shape, request);
  const kind = `${KeySpec} ${KeyUsage}`;
  const { before } = request;
  if (before && before.attributes["kind"] !== kind) {
    throw new Error(
      `${request.logicalId}: the data folder holds a ${before.attributes["kind"]} key, the template asks for ${kind}; start with another folder (--data DIR)`,
    );
  }
  if (before) return before;
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage, Description }));
  const { KeyId = "", Arn = "" } = KeyMetadata ?? {};
  if (EnableKeyRotation) await kms.send(new EnableKeyRotationCommand({ KeyId }));
  return { physicalId: KeyId, attributes: { Arn, KeyId, kind } };
};
