import { createHash } from "node:crypto";

/** A command with its options, as typed. */
export type Asked = {
  readonly command: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
};

/**
 * The parts of a presigned `sts:GetCallerIdentity` that only the caller can make. Everything else of the request is known
 * to both sides, and the function puts it there itself: nothing that a caller sends reaches STS but these.
 */
export type Signed = {
  readonly credential: string;
  /** `20261201T000000Z` */
  readonly date: string;
  readonly signature: string;
  /** Of temporary credentials. */
  readonly token?: string | undefined;
};

/** What the command line sends. */
export type OperatorCall = Asked & { readonly identity: Signed };

/** For how long STS and the function take a signature. */
export const expiresSeconds = 60;

/** The address of a region's STS, without a slash at its end. */
export const stsOf = (region: string): string =>
  `https://sts.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;

/**
 * Signed headers: a signature for one function and one command is good for no other. Whoever has seen one can ask for the
 * very same again within a minute, if IAM lets them call the function at all.
 */
export const boundTo = (functionName: string, { command, options }: Asked): Readonly<Record<string, string>> => ({
  "x-warifu-function": functionName,
  "x-warifu-request": createHash("sha256")
    .update(JSON.stringify([command, options]))
    .digest("hex"),
});
