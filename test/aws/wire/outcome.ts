import { expect } from "vitest";
import { AwsError } from "../../../lambdas/aws/wire/aws-error.ts";

type Reasons = readonly { readonly Code?: string }[] | undefined;
type SdkError = Error & {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: Reasons;
};

const codes = (reasons: Reasons) => (reasons ?? []).map(({ Code }) => Code);

/** What came of a call, in the same words for our clients and the SDK's. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await call };
  } catch (error) {
    if (error instanceof AwsError) {
      const { name, status, message, reasons } = error;
      return { name, status, message, reasons: codes(reasons) };
    }
    const { name, message, $metadata, CancellationReasons } = error as SdkError;
    if ($metadata === undefined) throw error;
    const reasons = codes(CancellationReasons);
    return { name, status: $metadata.httpStatusCode, message: `${name}: ${message}`, reasons };
  }
}

/** Gives what came of our call; it must be what came of the SDK's. */
export async function same(ours: Promise<unknown>, theirs: Promise<unknown>): Promise<unknown> {
  const [found, expected] = await Promise.all([outcome(ours), outcome(theirs)]);
  expect(found).toEqual(expected);
  return found;
}
