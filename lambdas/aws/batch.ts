import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/**
 * A Lambda behind a queue: works the messages of a batch side by side and reports the failed ones alone, so that the
 * others are not delivered again. `receives`: which delivery of the message it is. `after` is done once for the batch,
 * whatever failed in it; when it throws, all of the batch is delivered again. Errors are logged without the message's text.
 */
export const batch =
  <M>(work: (message: M, receives: number) => Promise<void>, after?: () => Promise<void>) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const done = await Promise.allSettled(
      event.Records.map(async ({ body, attributes }) =>
        work(JSON.parse(body) as M, Number(attributes.ApproximateReceiveCount)),
      ),
    );
    const batchItemFailures = done.flatMap((result, at) => {
      if (result.status === "fulfilled") return [];
      const itemIdentifier = event.Records[at]?.messageId ?? "";
      const { reason } = result as { reason: unknown };
      const stack = reason instanceof Error ? reason.stack : undefined;
      console.error(JSON.stringify({ message: "left on the queue", itemIdentifier, error: String(reason), stack }));
      return [{ itemIdentifier }];
    });
    await after?.();
    return { batchItemFailures };
  };
