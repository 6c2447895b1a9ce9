import { randomUUID } from "node:crypto";
import { z } from "zod";
import { read } from "../input.ts";
import { AwsError, type Operation, type Units } from "../protocol.ts";
import { md5, md5OfAttributes, messageAttributes, messageBytes } from "./attributes.ts";
import { entries, runBatch } from "./batch.ts";
import type { Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";
import type { NewMessage } from "./store.ts";

const message = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: messageAttributes.default({}),
  MessageGroupId: z
    .string()
    .regex(/^[!-~]{1,128}$/)
    .optional(),
});
type Message = z.infer<typeof message>;

const addressed = z.looseObject({ QueueUrl: z.string() });

/** SQS bills one request for each 64 KB of payload or part of it. */
export const requests = (bytes: number): Units => ({ requests: Math.max(1, Math.ceil(bytes / 65_536)) });

const prepare = (queue: Queue, sent: Message, now: number): { row: NewMessage; bytes: number } => {
  const bytes = messageBytes(sent.MessageBody, sent.MessageAttributes);
  if (bytes > queue.settings.maximumBytes) {
    throw new AwsError(
      "InvalidParameterValue",
      `A message of ${queue.name} has at most ${queue.settings.maximumBytes} bytes.`,
    );
  }
  const delay = sent.DelaySeconds ?? queue.settings.delay;
  const attributes = Object.keys(sent.MessageAttributes).length === 0 ? "" : JSON.stringify(sent.MessageAttributes);
  const row = {
    message_id: randomUUID(),
    body: sent.MessageBody,
    attributes,
    tenant: sent.MessageGroupId ?? "",
    sent_at: now,
    visible_at: delay === 0 ? 0 : now + delay * 1000,
  };
  return { row, bytes };
};

const answer = (sent: Message, row: NewMessage) => ({
  MessageId: row.message_id,
  MD5OfMessageBody: md5(row.body),
  ...(row.attributes === "" ? {} : { MD5OfMessageAttributes: md5OfAttributes(sent.MessageAttributes) }),
});

/** SendMessage and SendMessageBatch. */
export const sending = (queues: Queues, now: () => number): Readonly<Record<string, Operation>> => ({
  SendMessage: (input, count) => {
    const queue = queues.get(read(addressed, input).QueueUrl);
    const sent = read(message, input, "InvalidParameterValue");
    const { row, bytes } = prepare(queue, sent, now());
    count(requests(bytes));
    queue.put([row])();
    return answer(sent, row);
  },
  SendMessageBatch: (input, count) => {
    const queue = queues.get(read(addressed, input).QueueUrl);
    const batch = read(z.looseObject({ Entries: entries }), input).Entries;
    const rows: NewMessage[] = [];
    let total = 0;
    const result = runBatch(batch, (entry) => {
      const sent = read(message, entry, "InvalidParameterValue");
      const { row, bytes } = prepare(queue, sent, now());
      total += bytes;
      rows.push(row);
      return answer(sent, row);
    });
    if (total > 1_048_576) throw new AwsError("BatchRequestTooLong", "A batch has at most 1048576 bytes.");
    count(requests(total));
    queues.atomically(() => queue.put(rows))();
    return result;
  },
});
