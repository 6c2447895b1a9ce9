import { encryptionContext, type Encryption } from "../s3/encryption.ts";
import type { ObjectStore } from "../s3/store.ts";
import type { Ask } from "./policy.ts";

/** Rights to the bucket's key that writing takes; a multipart upload also reads its parts. */
const writing: Readonly<Record<string, readonly string[]>> = {
  PutObject: ["GenerateDataKey"],
  PostObject: ["GenerateDataKey"],
  CreateMultipartUpload: ["GenerateDataKey", "Decrypt"],
  UploadPart: ["GenerateDataKey", "Decrypt"],
  CompleteMultipartUpload: ["GenerateDataKey", "Decrypt"],
};

/**
 * What a request of S3 asks of KMS, in the name of who signed it, where the object is encrypted by SSE-KMS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function s3KmsAsks(
  {
    store,
    encryption,
    region,
  }: { readonly store: ObjectStore; readonly encryption: Encryption; readonly region: string },
  operation: string,
  { bucket, key, version }: { readonly bucket: string; readonly key: string; readonly version: string | undefined },
): readonly Ask[] {
  const asks = (resource: string | undefined, actions: readonly string[]): readonly Ask[] => {
    if (resource === undefined) return [];
    const bound = Object.entries(encryptionContext(bucket)).map(([name, value]) => [
      `kms:EncryptionContext:${name}`,
      value,
    ]);
    const context = {
      ...(Object.fromEntries(bound) as Record<string, string>),
      "kms:ViaService": `s3.${region}.amazonaws.com`,
    };
    return actions.map((action) => ({ action: `kms:${action}`, resource, context }));
  };
  if (operation === "GetObject") {
    const row = version === undefined ? store.latest(bucket, key) : store.version(bucket, key, version);
    return asks(encryption.keyOfFile(row?.file ?? ""), ["Decrypt"]);
  }
  return asks(encryption.keyOfBucket(bucket), writing[operation] ?? []);
}
