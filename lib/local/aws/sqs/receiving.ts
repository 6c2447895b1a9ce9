import { z } from "zod";
import { read } from "../input.ts";
import type { Json, Operation } from "../protocol.ts";
import { md5, md5OfAttributes, type MessageAttributes } from "./attributes.ts";
import { entries, runBatch } from "./batch.ts";
import type { Queues } from "./queues.ts";
import { requests } from "./sending.ts";
import type { MessageRow } from "./store.ts";

const receive = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});
const remove = z.looseObject({ QueueUrl: z.string(), ReceiptHandle: z.string() });
const batch = z.looseObject({ QueueUrl: z.string(), Entries: entries });
const handle = z.looseObject({ ReceiptHandle: z.string() });

const systemAttributes = (row: MessageRow, wanted: ReadonlySet<string>): Record<string, string> => {
  const all: Record<string, string | undefined> = {
    SenderId: "local",
    SentTimestamp: String(row.sent_at),
    ApproximateReceiveCount: String(row.receives),
    ApproximateFirstReceiveTimestamp: String(row.first_received_at),
    MessageGroupId: row.tenant === "" ? undefined : row.tenant,
    DeadLetterQueueSourceArn: row.dead_letter_source ?? undefined,
  };
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && (wanted.has("All") || wanted.has(name))) shown[name] = value;
  }
  return shown;
};

const isWanted = (name: string, patterns: readonly string[]): boolean =>
  patterns.some(
    (pattern) =>
      pattern === "All" || pattern === name || (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1))),
  );

const shown = (row: MessageRow, order: z.infer<typeof receive>): Json => {
  const wanted = new Set([...order.AttributeNames, ...order.MessageSystemAttributeNames]);
  const attributes = systemAttributes(row, wanted);
  const sent = (row.attributes === "" ? {} : JSON.parse(row.attributes)) as MessageAttributes;
  const chosen = Object.fromEntries(
    Object.entries(sent).filter(([name]) => isWanted(name, order.MessageAttributeNames)),
  );
  const custom = { MessageAttributes: chosen, MD5OfMessageAttributes: md5OfAttributes(chosen) };
  return {
    MessageId: row.message_id,
    ReceiptHandle: row.receipt,
    Body: row.body,
    MD5OfBody: md5(row.body),
    ...(Object.keys(attributes).length === 0 ? {} : { Attributes: attributes }),
    ...(Object.keys(chosen).length === 0 ? {} : custom),
  };
};

/** ReceiveMessage, DeleteMessage and DeleteMessageBatch. */
export const receiving = (queues: Queues): Readonly<Record<string, Operation>> => ({
  ReceiveMessage: async (input, count, gone) => {
    const order = read(receive, input, "InvalidParameterValue");
    const queue = queues.get(order.QueueUrl);
    const rows = await queue.receive(
      {
        most: order.MaxNumberOfMessages,
        visibility: order.VisibilityTimeout ?? queue.settings.visibilityTimeout,
        wait: order.WaitTimeSeconds ?? queue.settings.wait,
      },
      gone,
    );
    count(requests(rows.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)));
    return rows.length === 0 ? {} : { Messages: rows.map((row) => shown(row, order)) };
  },
  DeleteMessage: (input, count) => {
    const { QueueUrl, ReceiptHandle } = read(remove, input, "InvalidParameterValue");
    count({ requests: 1 });
    queues.get(QueueUrl).remove(ReceiptHandle);
    return {};
  },
  DeleteMessageBatch: (input, count) => {
    const { QueueUrl, Entries } = read(batch, input);
    const queue = queues.get(QueueUrl);
    count({ requests: 1 });
    return queues.atomically(() =>
      runBatch(Entries, (entry) => {
        queue.remove(read(handle, entry, "InvalidParameterValue").ReceiptHandle);
        return {};
      }),
    );
  },
});
