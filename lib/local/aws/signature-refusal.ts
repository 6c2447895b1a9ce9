import { AwsError } from "./protocol.ts";

/** Why a signature is refused. */
export type Reason = "anonymous" | "malformed" | "unknownKey" | "mismatch" | "skewed" | "expired";

/** Each protocol has its own codes. */
const codes = {
  s3: {
    anonymous: "AccessDenied",
    malformed: "AccessDenied",
    unknownKey: "InvalidAccessKeyId",
    mismatch: "SignatureDoesNotMatch",
    skewed: "RequestTimeTooSkewed",
    expired: "AccessDenied",
  },
  query: {
    anonymous: "MissingAuthenticationToken",
    malformed: "IncompleteSignature",
    unknownKey: "InvalidClientTokenId",
    mismatch: "SignatureDoesNotMatch",
    skewed: "SignatureDoesNotMatch",
    expired: "RequestExpired",
  },
  json: {
    anonymous: "MissingAuthenticationTokenException",
    malformed: "IncompleteSignatureException",
    unknownKey: "UnrecognizedClientException",
    mismatch: "InvalidSignatureException",
    skewed: "InvalidSignatureException",
    expired: "InvalidSignatureException",
  },
} as const satisfies Record<string, Record<Reason, string>>;

/** The 403 of a service for a signature it does not accept; `detail` is a sentence without secrets. */
export const refuse = (service: string, reason: Reason, detail: string): AwsError => {
  const dialect = service === "s3" ? codes.s3 : service === "ses" || service === "sts" ? codes.query : codes.json;
  return new AwsError(dialect[reason], `${detail} Sign with the credentials in endpoints.json.`, 403);
};
