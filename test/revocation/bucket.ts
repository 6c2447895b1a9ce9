import { createHash } from "node:crypto";

/** Where the subscribers' CRL is. */
export const crlKey = "crl/subscribers.crl";

/** A bucket as S3 is to its writers: consistent, and put only over what was read. */
export function bucket() {
  const objects = new Map<string, Uint8Array>();
  const etagOf = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
  return {
    objects,
    findCrl: async (name: string) => {
      const bytes = objects.get(name);
      return bytes && { bytes, etag: etagOf(bytes) };
    },
    replaceCrl: async (name: string, der: Uint8Array, etag: string | undefined) => {
      const before = objects.get(name);
      if ((before && etagOf(before)) !== etag) return undefined;
      objects.set(name, der);
      return etagOf(der);
    },
  };
}
