import { isWatched } from "../contract/metrics.ts";
import { logger } from "./log.ts";
import { count } from "./metrics.ts";

/** Where a refused call came from: addresses, fingerprints and reasons, never what was typed. */
export type RefusedCall = {
  readonly requestId?: string | undefined;
  /** `POST /api/notice`, with the parameters' names. */
  readonly route?: string | undefined;
  readonly address?: string | undefined;
  /** SHA-256 of the client certificate, hex: by it the admission is found, and whose it is. */
  readonly fingerprint?: string | undefined;
  readonly reason?: string | undefined;
};

/** Logs and counts a refusal that may be an attack; what people do wrong every day is neither. */
export function noteRefusal(kind: string, call: RefusedCall): void {
  if (!isWatched(kind)) return;
  logger.warn("refused", { kind, ...call });
  count("Refused", { kind });
}
