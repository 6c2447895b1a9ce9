import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import sqsPartialBatchFailure from "@middy/sqs-partial-batch-failure";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { logger } from "../telemetry/log.ts";

/** One message of a batch; `receives` is its ApproximateReceiveCount. */
export type Delivery<M> = { readonly message: M; readonly receives: number };

/**
 * A Lambda behind a queue. `work` is given the batch and returns a result for each of its messages, in their order; the
 * failed ones alone are reported to SQS, so that the others are not delivered again. A message that is not JSON fails by
 * itself. If `work` throws, the whole batch is retried. Errors are logged without the message's text.
 */
export const queueHandler = <M>(
  work: (deliveries: readonly Delivery<M>[]) => Promise<readonly PromiseSettledResult<unknown>[]>,
): ((event: SQSEvent, context: Context) => Promise<SQSBatchResponse>) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(
      sqsPartialBatchFailure({
        logger: (reason: unknown, { messageId }: SQSRecord) => {
          const error = reason instanceof Error ? reason : new Error(String(reason));
          logger.error("left on the queue", { itemIdentifier: messageId, error });
        },
      }),
    )
    .handler(async ({ Records }: SQSEvent) => {
      const read = Records.map((record) => deliveryOf<M>(record));
      const results = [...(await work(read.filter((one) => one !== undefined)))];
      // The middleware makes the response of these: one result for each record, in order.
      return read.map((one) => (one === undefined ? notJson : results.shift())) as unknown as SQSBatchResponse;
    });

/** A Lambda behind a queue that works each message by itself, side by side. */
export const messageHandler = <M>(work: (message: M, receives: number) => Promise<void>) =>
  queueHandler<M>((deliveries) =>
    Promise.allSettled(deliveries.map(async ({ message, receives }) => work(message, receives))),
  );

/** JSON.parse's own error quotes the text. */
const notJson = { status: "rejected", reason: new Error("the message is not JSON") };

function deliveryOf<M>({ body, attributes }: SQSRecord): Delivery<M> | undefined {
  try {
    return { message: JSON.parse(body) as M, receives: Number(attributes.ApproximateReceiveCount) };
  } catch {
    return undefined;
  }
}
