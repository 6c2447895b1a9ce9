import * as z from "zod";
import { batches } from "./batches.ts";
import type { LocalFunction } from "./functions.ts";
import type { Message } from "@aws-sdk/client-sqs";
import type { PolledQueues } from "./polled-queues.ts";

/** An event source mapping of the template, resolved. */
export type Source = {
  readonly logicalId: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly function: LocalFunction;
  readonly batchSize: number;
  /** How long messages are gathered, counted from the first, before the function is called. */
  readonly gatherSeconds: number;
  readonly partialFailures: boolean;
  /** Maximum of concurrent invocations. */
  readonly concurrency: number;
};

/** Bytes of the records of one event: Lambda's 6 MB, less the JSON around them. */
const eventLimit = 6 * 1024 * 1024 - 100;

const partialReply = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** The record of one message in Lambda's event. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf(message: Message, source: Source) {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(
    ([name, { StringValue, BinaryValue, DataType }]): [string, object] => [
      name,
      {
        stringValue: StringValue,
        binaryValue: BinaryValue && Buffer.from(BinaryValue).toString("base64"),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ],
  );
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: source.queueArn,
    awsRegion: source.region,
  };
}

/** The messages that succeeded; the others stay in the queue until their visibility timeout. */
function succeeded(messages: readonly Message[], partialFailures: boolean, payload: string): readonly Message[] {
  if (!partialFailures) return messages;
  const reply = partialReply.safeParse(JSON.parse(payload));
  // A reply of another shape fails the whole batch, as does an identifier that is not in it.
  if (!reply.success) return [];
  const failed = new Set(reply.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if ([...failed].some((id) => !known.has(id))) return [];
  return messages.filter(({ MessageId }) => !failed.has(MessageId ?? ""));
}

/** Polls the queue of a mapping until `stop`, which waits for the running invocations. */
export function runSource(
  source: Source,
  queues: PolledQueues,
  report: (line: string) => void,
): { stop(): Promise<void> } {
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  let failures = 0;

  const handle = async (messages: readonly Message[]): Promise<void> => {
    const outcome = await source.function.invoke({ Records: messages.map((message) => recordOf(message, source)) });
    if (!outcome.ok) {
      if (!abort.signal.aborted)
        report(
          `${source.function.settings.logicalId}: a batch of ${messages.length} failed: ${outcome.error.errorMessage}`,
        );
      return;
    }
    const finished = succeeded(messages, source.partialFailures, outcome.payload);
    if (finished.length < messages.length)
      report(
        `${source.function.settings.logicalId}: ${messages.length - finished.length} of ${messages.length} messages failed and will be tried again`,
      );
    for (let start = 0; start < finished.length; start += 10) {
      const Entries = finished
        .slice(start, start + 10)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await queues.remove({ QueueUrl: source.queueUrl, Entries });
    }
  };

  const gathered = batches(
    (most: number, seconds: number) =>
      queues.receive(
        {
          QueueUrl: source.queueUrl,
          MaxNumberOfMessages: most,
          WaitTimeSeconds: seconds,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        },
        abort.signal,
      ),
    (message) => Buffer.byteLength(JSON.stringify(recordOf(message, source))) + 1,
    { size: source.batchSize, seconds: source.gatherSeconds, bytes: eventLimit },
  );

  const poll = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      try {
        if (running.size >= source.concurrency) await Promise.race(running);
        const messages = await gathered.next();
        failures = 0;
        if (messages.length === 0) continue;
        const work: Promise<void> = handle(messages)
          .catch((error: unknown) =>
            report(`${source.logicalId}: ${error instanceof Error ? error.message : String(error)}`),
          )
          .finally(() => running.delete(work));
        running.add(work);
      } catch (error) {
        if (abort.signal.aborted) break;
        failures++;
        report(`${source.logicalId} cannot poll: ${error instanceof Error ? error.message : String(error)}`);
        await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, 250 * 2 ** failures)));
      }
    }
  };

  const polling = poll();
  return {
    stop: async () => {
      abort.abort();
      await polling;
      await Promise.allSettled(running);
    },
  };
}
