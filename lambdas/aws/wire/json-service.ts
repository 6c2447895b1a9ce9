import { outputOf } from "./output.ts";
import { type Call, caller, type Service } from "./service.ts";

/** A service that speaks AWS's JSON protocol. https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export type JsonService = Service & {
  /** What its operations' names are preceded by. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
};

/** A client of it; what `JSON.stringify` cannot write, as octets, is the caller's to put into words. */
export function jsonService({ target, version, ...service }: JsonService, environment = process.env): Call {
  const type = `application/x-amz-json-${version}`;
  return caller(
    service,
    {
      headersOf: (operation) => ({ "content-type": type, "x-amz-target": `${target}.${operation}` }),
      bodyOf: (_, input) => JSON.stringify(input),
      outputOf,
    },
    environment,
  );
}
