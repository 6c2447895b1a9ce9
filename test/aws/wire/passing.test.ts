import { ReplicatedWriteConflictException } from "@aws-sdk/client-dynamodb";
import { isThrottlingError, isTransientError } from "@smithy/core/retry";
import type { SdkError } from "@smithy/types";
import { describe, expect, it } from "vitest";
import { AwsError } from "../../../lambdas/aws/wire/aws-error.ts";
import { passing } from "../../../lambdas/aws/wire/passing.ts";

const sdk = (error: Error, status?: number): string | undefined => {
  const known = Object.assign(error, { $metadata: { httpStatusCode: status } }) as SdkError;
  if (isThrottlingError(known)) return "overload";
  return isTransientError(known) ? (status === undefined ? "broken connection" : "trouble") : undefined;
};
const named = (name: string) => Object.assign(new Error(), { name });

const names = [
  "AccessDeniedException",
  "BatchEntryIdsNotDistinct",
  "ConditionalCheckFailedException",
  "IdempotentParameterMismatchException",
  "InvalidCiphertextException",
  "ItemCollectionSizeLimitExceededException",
  "LimitExceededException",
  "NotFoundException",
  "ProvisionedThroughputExceededException",
  "QueueDoesNotExist",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestTimeout",
  "RequestTimeoutException",
  "ResourceNotFoundException",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionCanceledException",
  "TransactionInProgressException",
  "UnrecognizedClientException",
  "ValidationException",
];

describe("passing", () => {
  it.each(names)("judges %s as the SDK does", (name) => {
    expect(passing(new AwsError(name, "m", 400))).toBe(sdk(named(name), 400));
  });

  it("tries a single write again that met a transaction, as the SDK leaves to its caller", () => {
    expect(passing(new AwsError("TransactionConflictException", "m", 400))).toBe("overload");
  });

  it.each([200, 400, 403, 404, 413, 429, 500, 501, 502, 503, 504, 505])(
    "judges status %i as the SDK does",
    (status) => {
      expect(passing(new AwsError("Any", "m", status))).toBe(sdk(named("Any"), status));
    },
  );

  it("knows what DynamoDB's model declares to pass by itself", () => {
    const conflict = new ReplicatedWriteConflictException({ message: "m", $metadata: {} });
    expect(sdk(conflict, 400)).toBe("trouble");
    expect(passing(new AwsError(conflict.name, "m", 400))).toBe("trouble");
  });

  it.each([
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EPIPE",
    "ETIMEDOUT",
    "CERT_HAS_EXPIRED",
    "ERR_INVALID_CHAR",
    "HPE_INVALID_CONSTANT",
  ])("judges a connection's %s as the SDK does", (code) => {
    expect(passing(Object.assign(new Error(), { code }))).toBe(sdk(Object.assign(new Error(), { code })));
  });

  it("takes nothing else for passing", () => {
    for (const error of [new Error("any"), new TypeError("any"), "ECONNRESET", undefined])
      expect(passing(error)).toBeUndefined();
  });
});
