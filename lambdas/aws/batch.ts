import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/**
 * A Lambda behind a queue: works the messages of a batch side by side, or one after the other (`inTurn`),
 * and reports the failed ones alone, so that the others are not delivered again. `receives`: which delivery
 * of the message it is. Errors are logged without the message's text.
 */
export const batch =
  <M>(work: (message: M, receives: number) => Promise<void>, { inTurn = false } = {}) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    let before: Promise<unknown> = Promise.resolve();
    const done = await Promise.allSettled(
      event.Records.map(async ({ body, attributes }) => {
        const run = async () => work(JSON.parse(body) as M, Number(attributes.ApproximateReceiveCount));
        if (!inTurn) return run();
        const own = before.then(run, run);
        before = own;
        return own;
      }),
    );
    return {
      batchItemFailures: done.flatMap((result, at) => {
        if (result.status === "fulfilled") return [];
        const itemIdentifier = event.Records[at]?.messageId ?? "";
        const { reason } = result as { reason: unknown };
        const stack = reason instanceof Error ? reason.stack : undefined;
        console.error(JSON.stringify({ message: "left on the queue", itemIdentifier, error: String(reason), stack }));
        return [{ itemIdentifier }];
      }),
    };
  };
