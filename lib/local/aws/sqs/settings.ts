import { z } from "zod";
import { AwsError, type Json } from "../protocol.ts";
import { read } from "../input.ts";

const whole = (low: number, high: number, otherwise: number) =>
  z.coerce.number().int().min(low).max(high).default(otherwise);

/** The attributes that change what a queue does; others are stored and returned. */
const behaviour = z.looseObject({
  VisibilityTimeout: whole(0, 43_200, 30),
  MessageRetentionPeriod: whole(60, 1_209_600, 345_600),
  DelaySeconds: whole(0, 900, 0),
  ReceiveMessageWaitTimeSeconds: whole(0, 20, 0),
  MaximumMessageSize: whole(1024, 1_048_576, 1_048_576),
  RedrivePolicy: z.string().optional(),
});

const redrive = z.object({
  deadLetterTargetArn: z.string().regex(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

const stored = new Set([
  "RedriveAllowPolicy",
  "SqsManagedSseEnabled",
  "Policy",
  "KmsMasterKeyId",
  "KmsDataKeyReusePeriodSeconds",
]);

/** The settings of a queue, in seconds unless the name says otherwise. */
export type Settings = {
  readonly visibilityTimeout: number;
  readonly retention: number;
  readonly delay: number;
  readonly wait: number;
  readonly maximumBytes: number;
  readonly deadLetter: { readonly queue: string; readonly maxReceiveCount: number } | undefined;
};

/** Reads queue attributes as SetQueueAttributes has them (all values text); throws InvalidAttributeValue or -Name. */
export const readSettings = (attributes: Readonly<Record<string, string>>): Settings => {
  const unknown = Object.keys(attributes).find((name) => !(name in behaviour.shape) && !stored.has(name));
  if (unknown !== undefined) {
    const hint = unknown.startsWith("Fifo") ? " Only standard queues are served here." : "";
    throw new AwsError("InvalidAttributeName", `Unknown attribute ${unknown}.${hint}`);
  }
  const known = read(behaviour, attributes, "InvalidAttributeValue");
  let deadLetter: Settings["deadLetter"];
  if (known.RedrivePolicy) {
    let policy: Json = {};
    try {
      policy = JSON.parse(known.RedrivePolicy) as Json;
    } catch {
      throw new AwsError("InvalidAttributeValue", "RedrivePolicy is not JSON.");
    }
    const { deadLetterTargetArn, maxReceiveCount } = read(redrive, policy, "InvalidAttributeValue");
    deadLetter = { queue: queueNameOf(deadLetterTargetArn), maxReceiveCount };
  }
  return {
    visibilityTimeout: known.VisibilityTimeout,
    retention: known.MessageRetentionPeriod,
    delay: known.DelaySeconds,
    wait: known.ReceiveMessageWaitTimeSeconds,
    maximumBytes: known.MaximumMessageSize,
    deadLetter,
  };
};

/** The attributes as GetQueueAttributes gives them back, defaults filled in. */
export const shownSettings = (attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const { RedrivePolicy, ...known } = behaviour.parse(attributes);
  const shown = Object.fromEntries(Object.entries(known).map(([name, value]) => [name, String(value)]));
  return RedrivePolicy === undefined ? shown : { ...shown, RedrivePolicy };
};

/** The queue name at the end of an ARN or a queue address. */
export const queueNameOf = (nameOrAddress: string): string => nameOrAddress.split(/[:/]/).at(-1) ?? "";
