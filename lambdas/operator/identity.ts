import * as z from "zod/mini";
import { Refusal } from "../refusal.ts";
import { boundTo, expiresSeconds, type OperatorCall, type Signed } from "./signed-call.ts";

/** This invocation, as Lambda tells it to the function. */
export type Invocation = {
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
};

/**
 * Asks STS with a caller's signature and these signed headers. `refused` says why STS takes it for nobody's; throws if STS
 * cannot be asked.
 */
export type AskIdentity = (
  signed: Signed,
  headers: Readonly<Record<string, string>>,
) => Promise<{ readonly arn: string; readonly account: string } | { readonly refused: string }>;

const signedShape = z.strictObject({
  credential: z.string().check(z.regex(/^[A-Z0-9]{16,128}\/\d{8}\/[a-z0-9-]{1,32}\/sts\/aws4_request$/)),
  date: z.string().check(z.regex(/^\d{8}T\d{6}Z$/)),
  signature: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  token: z.optional(z.string().check(z.maxLength(8192), z.regex(/^[A-Za-z0-9+/=]+$/))),
});
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const arnShape = z.string().check(z.maxLength(700), z.regex(/^arn:aws[a-z-]{0,16}:(iam|sts)::\d{12}:[\w+=,.@/-]+$/));

const nobody = (detail: string) => new Refusal("operatorIdentity", { detail: `${detail}; nothing was done` });

/**
 * Who calls, by AWS's word: the ARN of a user or of a role's session. Refuses a call whose signature is for another
 * function, another command or another minute, or which STS does not know.
 */
export async function identify(
  { now, askIdentity }: { readonly now: () => Date; readonly askIdentity: AskIdentity },
  { identity, command, options }: OperatorCall,
  { functionName, invokedFunctionArn }: Invocation,
): Promise<string> {
  const signed = signedShape.safeParse(identity);
  if (!signed.success) throw nobody("the call does not say who makes it: call by the operator command of this version");
  const age = now().getTime() - instantOf(signed.data.date);
  if (!(Math.abs(age) <= expiresSeconds * 1000)) {
    throw nobody(`the call was signed at ${signed.data.date}, more than a minute from now: set this computer's clock`);
  }
  const found = await askIdentity(signed.data, boundTo(functionName, { command, options }));
  if ("refused" in found)
    throw nobody(`AWS STS does not know who calls (${found.refused}): check your AWS credentials`);
  const { account, arn } = found;
  if (!arnShape.safeParse(arn).success || account !== invokedFunctionArn.split(":")[4]) {
    throw nobody("the caller is of another account than the function");
  }
  return arn;
}

/** Milliseconds of `20261201T000000Z`; NaN of what is no date. */
const instantOf = (basic: string): number =>
  Date.parse(basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
