import { AwsError } from "./aws-error.ts";
import type { Answer } from "./post.ts";

type Refused = {
  readonly __type?: string;
  readonly code?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly CancellationReasons?: AwsError["reasons"];
};

/**
 * An operation's output. Throws AwsError when the service refused, and when something on the way answered in its place.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
 */
export function outputOf({ status, type, text }: Answer): unknown {
  const body = text === "" ? {} : objectIn(text);
  if (status === 200 && body !== undefined) return body;
  const { __type, code, message, Message, CancellationReasons }: Refused = body ?? {};
  const name = __type ?? code ?? type;
  throw new AwsError(
    name === undefined ? `HTTP ${status}` : bare(name),
    message ?? Message ?? (body === undefined ? "the answer is no JSON object" : "no reason given"),
    status,
    CancellationReasons,
  );
}

/** `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException` or `Code:http://…` without what stands around. */
const bare = (name: string): string => name.replace(/[:,].*$/, "").replace(/^.*#/, "");

function objectIn(text: string): object | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}
