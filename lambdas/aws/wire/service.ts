import { setTimeout as pause } from "node:timers/promises";
import { passing } from "./passing.ts";
import { type Answer, type PostOptions, poster } from "./post.ts";
import { requestSigner } from "./signature.ts";
import { credentialsOf, given } from "./signing.ts";

/** A service of AWS. */
export type Service = {
  /** As its signatures name it. */
  readonly service: "dynamodb" | "kms" | "sqs" | "ses";
  /** First part of its host name, where that is another. */
  readonly host?: string;
  /** How long it may be silent, in ms, where that is longer than with most. */
  readonly patience?: number;
};

/** How a service is spoken to: what an operation's request is made of, and what its answer says. */
export type Protocol = {
  headersOf(operation: string): Readonly<Record<string, string>>;
  bodyOf(operation: string, input: object): string;
  /** Throws AwsError when the service refused. */
  outputOf(answer: Answer): unknown;
};

/** Sends one operation's input and gives its output. Throws AwsError; an AbortError when `signal` says so. */
export type Call = (operation: string, input: object, signal?: AbortSignal) => Promise<unknown>;

const attempts = 3;

/** What the first pause is at most, in ms: as the SDK's. */
const firstPause = { overload: 1_000, trouble: 50, "broken connection": 50 } as const;

/**
 * A client of one service. Region, credentials and, where it is not AWS's own, the address come from the environment, as
 * Lambda sets it. Overload, troubles of a moment and broken connections are tried again, three times in all, with growing,
 * jittered pauses.
 */
export function caller(
  { service, host = service, patience }: Service,
  protocol: Protocol,
  environment = process.env,
): Call {
  const region = given(environment, "AWS_REGION");
  const endpoint = new URL(
    environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? `https://${host}.${region}.amazonaws.com`,
  );
  const post = poster(endpoint, patience);
  const sign = requestSigner({ credentials: credentialsOf(environment), region, service });

  const once = async (operation: string, body: string, options: PostOptions): Promise<unknown> => {
    const signed = sign({ host: endpoint.host, ...protocol.headersOf(operation) }, body, new Date());
    // Lambda stops functions that wake each other without end by it. It is not signed: AWS may add to it on the way.
    const trace = environment["_X_AMZN_TRACE_ID"];
    return protocol.outputOf(await post(trace ? { ...signed, "x-amzn-trace-id": trace } : signed, body, options));
  };

  return async (operation, input, signal) => {
    const body = protocol.bodyOf(operation, input);
    let fresh = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(operation, body, { fresh, ...(signal && { signal }) });
      } catch (error) {
        const why = passing(error);
        if (attempt === attempts || why === undefined) throw error;
        // All connections that were kept while Lambda had frozen the environment may be dead.
        fresh = why === "broken connection";
        await pause(Math.random() * firstPause[why] * 2 ** (attempt - 1), undefined, { signal });
      }
    }
  };
}
