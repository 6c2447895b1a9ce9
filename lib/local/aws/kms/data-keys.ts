import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { openKeys } from "./keys.ts";
import { type Context, seal, sealedBy, unseal } from "./sealing.ts";

/** Keys for data, each given in clear and sealed by a key of KMS: GenerateDataKey and Decrypt, as S3 asks for them. */
export type DataKeys = {
  /** The key's ARN; throws NotFoundException. */
  arn(key: string): string;
  make(key: string, context: Context): { readonly plain: Buffer; readonly sealed: Buffer };
  /** Throws InvalidCiphertextException for another context. */
  open(sealed: Uint8Array, context: Context): Buffer;
};

/** Data keys under the keys that are stored in `database`. */
export const dataKeys = (database: DatabaseSync, region: string): DataKeys => {
  const keys = openKeys(database, region);
  return {
    arn: (key) => keys.arn(keys.get(key)),
    make: (key, context) => {
      const plain = randomBytes(32);
      return { plain, sealed: seal(keys.get(key), plain, context) };
    },
    open: (sealed, context) => {
      const blob = Buffer.from(sealed);
      return unseal(keys.get(sealedBy(blob)), blob, context);
    },
  };
};
