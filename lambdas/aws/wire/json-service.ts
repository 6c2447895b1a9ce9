import { setTimeout as pause } from "node:timers/promises";
import { AwsError } from "./aws-error.ts";
import { type Answer, poster } from "./post.ts";
import { type Credentials, requestSigner } from "./signature.ts";

/** A service that speaks AWS's JSON protocol. https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export type JsonService = {
  /** As in its host name and its signatures. */
  readonly service: "dynamodb" | "kms" | "sqs";
  /** What its operations' names are preceded by. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
};

/** Sends one operation's input, which `JSON.stringify` must be able to write, and gives its output. Throws AwsError. */
export type Call = (operation: string, input: object) => Promise<unknown>;

const attempts = 3;

/** Overload, by the codes of the services used here: the same request may be sent again a little later. */
const overload = new Set([
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
  "TransactionInProgressException",
  "LimitExceededException",
  "KMSInternalException",
  "DependencyTimeoutException",
]);
const broken = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT"]);

const passing = (error: unknown): boolean =>
  error instanceof AwsError
    ? error.status >= 500 || overload.has(error.name)
    : error instanceof Error && broken.has(String((error as NodeJS.ErrnoException).code));

const given = (environment: NodeJS.ProcessEnv, name: string): string => {
  const value = environment[name];
  if (value === undefined) throw new Error(`${name} is missing from the function's environment`);
  return value;
};

const credentialsOf = (environment: NodeJS.ProcessEnv): Credentials => ({
  accessKeyId: given(environment, "AWS_ACCESS_KEY_ID"),
  secretAccessKey: given(environment, "AWS_SECRET_ACCESS_KEY"),
  sessionToken: environment["AWS_SESSION_TOKEN"],
});

/**
 * A client of one service. Region, credentials and, where it is not AWS's own, the address come from the environment, as
 * Lambda sets it. Overload and broken connections are tried again, three times in all, with growing, jittered pauses.
 */
export function jsonService({ service, target, version }: JsonService, environment = process.env): Call {
  const region = given(environment, "AWS_REGION");
  const endpoint = new URL(
    environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? `https://${service}.${region}.amazonaws.com`,
  );
  const post = poster(endpoint);
  const sign = requestSigner({ credentials: credentialsOf(environment), region, service });
  const type = `application/x-amz-json-${version}`;

  const once = async (operation: string, body: string): Promise<unknown> => {
    // Lambda stops functions that wake each other without end by it. It is not signed: AWS may add to it on the way.
    const trace = environment["_X_AMZN_TRACE_ID"];
    const headers = {
      host: endpoint.host,
      "content-type": type,
      "x-amz-target": `${target}.${operation}`,
    };
    const signed = sign(headers, body, new Date());
    return outputOf(await post(trace === undefined ? signed : { ...signed, "x-amzn-trace-id": trace }, body));
  };

  return async (operation, input) => {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(operation, body);
      } catch (error) {
        if (attempt === attempts || !passing(error)) throw error;
        await pause(Math.random() * 100 * 2 ** attempt);
      }
    }
  };
}

type Refused = {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly CancellationReasons?: AwsError["reasons"];
};

function outputOf({ status, text }: Answer): unknown {
  if (status === 200) return text === "" ? {} : JSON.parse(text);
  const refused = refusedIn(text);
  // `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`
  const name = refused.__type?.split("#").at(-1) ?? `HTTP ${status}`;
  throw new AwsError(
    name,
    refused.message ?? refused.Message ?? "no reason given",
    status,
    refused.CancellationReasons,
  );
}

/** A proxy on the way may answer in something else than JSON. */
function refusedIn(text: string): Refused {
  try {
    return JSON.parse(text) as Refused;
  } catch {
    return {};
  }
}
