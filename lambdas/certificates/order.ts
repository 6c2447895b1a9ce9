import { createHash } from "node:crypto";
import type { Write } from "../transaction/write.ts";
import type { Certificate } from "./certificate.ts";

/**
 * What was ordered, where only those who may order write: subscribers' certificates are ordered by whoever may register
 * people, administrators' by the operator alone. Many more functions may change a certificate's row, and a row alone has
 * nothing signed.
 */
export type Orders = {
  add(certificate: Certificate): Write;
  /** The digest of what was ordered; undefined where nothing was. */
  findDigest(certificate: Pick<Certificate, "issuer" | "certificateId">): Promise<string | undefined>;
};

/** SHA-256, hex, of all of a row but what changes while it is issued. */
export function orderDigest({
  state: _state,
  resentAt: _resent,
  requeuedAt: _requeued,
  keyEndsAt: _keyEnds,
  ...lasting
}: Certificate): string {
  return createHash("sha256").update(canonical(lasting)).digest("hex");
}

/** JSON with its members in order: two equal values have one text, also after one was stored. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
