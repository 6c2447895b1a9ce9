import { z } from "zod";
import { accountId, read } from "../input.ts";
import type { JsonService, Operation } from "../protocol.ts";
import type { Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";
import { receiving } from "./receiving.ts";
import { sending } from "./sending.ts";
import { shownSettings } from "./settings.ts";

const texts = z.record(z.string(), z.string());
const create = z.looseObject({
  QueueName: z.string().regex(/^[\w-]{1,80}$/, "a queue name has 1 to 80 letters, digits, - and _"),
  Attributes: texts.default({}),
});
const addressed = z.looseObject({ QueueUrl: z.string() });
const named = z.looseObject({ QueueName: z.string() });
const asked = addressed.extend({ AttributeNames: z.array(z.string()).default([]) });
const changed = addressed.extend({ Attributes: texts });

const attributesOf = (queues: Queues, queue: Queue): Record<string, string> => {
  const { ready, inFlight, delayed } = queue.counts();
  const created = String(Math.floor(queue.createdAt / 1000));
  return {
    ...queues.attributes(queue),
    ...shownSettings(queues.attributes(queue)),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(ready),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
  };
};

const control = (queues: Queues, url: (queue: Queue) => string): Readonly<Record<string, Operation>> => ({
  CreateQueue: (input) => {
    const { QueueName, Attributes } = read(create, input, "InvalidParameterValue");
    return { QueueUrl: url(queues.create(QueueName, Attributes)) };
  },
  GetQueueUrl: (input) => ({ QueueUrl: url(queues.get(read(named, input).QueueName)) }),
  GetQueueAttributes: (input) => {
    const { QueueUrl, AttributeNames } = read(asked, input);
    const all = attributesOf(queues, queues.get(QueueUrl));
    const wanted = Object.entries(all).filter(
      ([name]) => AttributeNames.includes("All") || AttributeNames.includes(name),
    );
    return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
  },
  SetQueueAttributes: (input) => {
    const { QueueUrl, Attributes } = read(changed, input);
    queues.change(queues.get(QueueUrl), Attributes);
    return {};
  },
});

/**
 * SQS with standard queues. `address` is the service's own address, known only once it listens; queue addresses are
 * made with it. Each call counts at least one billed request.
 */
export const sqs = (queues: Queues, address: () => string, now: () => number = Date.now): JsonService => {
  const url = ({ name }: Queue): string => `${address()}/${accountId}/${name}`;
  const one = Object.entries(control(queues, url)).map(([name, operation]): [string, Operation] => [
    name,
    (input, count) => {
      count({ requests: 1 });
      return operation(input, count);
    },
  ]);
  return {
    name: "sqs",
    target: "AmazonSQS",
    operations: { ...Object.fromEntries(one), ...sending(queues, now), ...receiving(queues) },
    asks: (operation, input) => {
      const { QueueUrl } = read(addressed.partial(), input);
      const resource = QueueUrl === undefined ? "*" : queues.get(QueueUrl).arn;
      // A batch is allowed as its messages are.
      return [{ action: `sqs:${operation.replace(/Batch$/, "")}`, resource }];
    },
    close: () => queues.close(),
  };
};
