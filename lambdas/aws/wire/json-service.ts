import { setTimeout as pause } from "node:timers/promises";
import { outputOf } from "./output.ts";
import { passing } from "./passing.ts";
import { poster } from "./post.ts";
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

/** What the first pause is at most, in ms: as the SDK's. */
const firstPause = { overload: 1_000, trouble: 50, "broken connection": 50 } as const;

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
 * Lambda sets it. Overload, troubles of a moment and broken connections are tried again, three times in all, with growing,
 * jittered pauses.
 */
export function jsonService({ service, target, version }: JsonService, environment = process.env): Call {
  const region = given(environment, "AWS_REGION");
  const endpoint = new URL(
    environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? `https://${service}.${region}.amazonaws.com`,
  );
  const post = poster(endpoint);
  const sign = requestSigner({ credentials: credentialsOf(environment), region, service });
  const type = `application/x-amz-json-${version}`;

  const once = async (operation: string, body: string, fresh: boolean): Promise<unknown> => {
    const headers = { host: endpoint.host, "content-type": type, "x-amz-target": `${target}.${operation}` };
    const signed = sign(headers, body, new Date());
    // Lambda stops functions that wake each other without end by it. It is not signed: AWS may add to it on the way.
    const trace = environment["_X_AMZN_TRACE_ID"];
    return outputOf(await post(trace ? { ...signed, "x-amzn-trace-id": trace } : signed, body, fresh));
  };

  return async (operation, input) => {
    const body = JSON.stringify(input);
    let fresh = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(operation, body, fresh);
      } catch (error) {
        const why = passing(error);
        if (attempt === attempts || why === undefined) throw error;
        // All connections that were kept while Lambda had frozen the environment may be dead.
        fresh = why === "broken connection";
        await pause(Math.random() * firstPause[why] * 2 ** (attempt - 1));
      }
    }
  };
}
