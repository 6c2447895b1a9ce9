import { join } from "node:path";
import { replaceFile } from "./state.ts";

/** The content of `endpoints.json`: the addresses and files of one local run. */
export type Endpoints = {
  readonly adminUrl: string;
  readonly downloadUrl: string;
  readonly repositoryUrl: string;
  readonly mailUrl: string;
  /** Absolute path of the certificate (PEM) that signed the two servers'. */
  readonly serverCaPem: string;
  readonly aws: {
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly endpoints: Readonly<Record<"dynamodb" | "s3" | "sqs" | "kms" | "ses" | "sts" | "lambda", string>>;
  };
  /** Logical name → physical name. */
  readonly resources: Readonly<Record<string, string>>;
  /** Milliseconds by which this run's clock is ahead of the system's; absent for none. */
  readonly clockShift?: number;
  /** Of the demo tenant; absent without it. `p12` is an absolute path. */
  readonly admin?: { readonly p12: string; readonly password: string };
};

/** Writes `endpoints.json`, readable by this user only; returns its path. */
export function writeEndpoints(dataDirectory: string, endpoints: Endpoints): string {
  const path = join(dataDirectory, "endpoints.json");
  replaceFile(path, `${JSON.stringify(endpoints, null, 2)}\n`);
  return path;
}
