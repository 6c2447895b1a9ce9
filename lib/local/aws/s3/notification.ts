import { AwsError } from "../protocol.ts";
import { childrenOf, parseXml, textOf, type Element } from "../xml.ts";
import type { S3Context } from "./context.ts";
import type { ObjectRow } from "./store.ts";

/** Which events of a bucket go to which queue. */
type Rule = {
  readonly id: string;
  readonly queue: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
};

const ruleOf = (configuration: Element): Rule => {
  const filters = childrenOf(configuration, "Filter")
    .flatMap((filter) => childrenOf(filter, "S3Key"))
    .flatMap((keys) => childrenOf(keys, "FilterRule"));
  const filter = (name: string): string => {
    const found = filters.find((rule) => textOf(rule, "Name")?.toLowerCase() === name);
    return found === undefined ? "" : (textOf(found, "Value") ?? "");
  };
  return {
    id: textOf(configuration, "Id") ?? "",
    queue: textOf(configuration, "Queue") ?? "",
    events: childrenOf(configuration, "Event").map(({ text }) => text),
    prefix: filter("prefix"),
    suffix: filter("suffix"),
  };
};

const rulesOf = (xml: string): readonly Rule[] => {
  const root = xml === "" ? undefined : parseXml(xml);
  return root === undefined ? [] : childrenOf(root, "QueueConfiguration").map(ruleOf);
};

/** Sends the `s3:TestEvent` to every queue of a new configuration; throws if it names anything but existing queues. */
export const checkNotification = (s3: S3Context, bucket: string, xml: string): (() => void) => {
  const other = parseXml(xml)?.children.find(({ name }) => name !== "QueueConfiguration");
  if (other !== undefined) {
    throw new AwsError("NotImplemented", `${other.name} is not served on this machine.`, 501);
  }
  const test = { Service: "Amazon S3", Event: "s3:TestEvent", Time: new Date(s3.now()).toISOString() };
  const sent = rulesOf(xml).map(({ queue }) => {
    try {
      return s3.deliver(queue, JSON.stringify({ ...test, Bucket: bucket }));
    } catch {
      const detail = `Unable to validate the destination ${queue}: there is no such queue.`;
      throw new AwsError("InvalidArgument", detail);
    }
  });
  return () => sent.forEach((announce) => announce());
};

/** Keys in events are encoded as in an HTML form: percent-encoded, a space as `+`. */
const encodeKey = (key: string): string => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");

const matches = (pattern: string, event: string): boolean =>
  pattern === `s3:${event}` || (pattern.endsWith("*") && `s3:${event}`.startsWith(pattern.slice(0, -1)));

/**
 * Queues the event of a change (`ObjectCreated:Put` …) inside its transaction; call the returned function after the commit.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const notify = (
  s3: S3Context,
  event: string,
  object: Pick<ObjectRow, "bucket" | "key" | "version" | "size" | "etag">,
): (() => void) => {
  const { notification } = s3.store.bucket(object.bucket);
  const sent = rulesOf(notification)
    .filter(({ events }) => events.some((pattern) => matches(pattern, event)))
    .filter(({ prefix, suffix }) => object.key.startsWith(prefix) && object.key.endsWith(suffix))
    .map(({ id, queue }) => {
      const body = JSON.stringify({ Records: [record(s3, event, object, id)] });
      try {
        return s3.deliver(queue, body);
      } catch (failure) {
        // As in S3, an upload does not fail because a queue was deleted after it had been configured.
        if (failure instanceof AwsError) return () => undefined;
        throw failure;
      }
    });
  return () => sent.forEach((announce) => announce());
};

const record = (
  { region, now }: S3Context,
  event: string,
  { bucket, key, version, size, etag }: Pick<ObjectRow, "bucket" | "key" | "version" | "size" | "etag">,
  configurationId: string,
) => ({
  eventVersion: "2.1",
  eventSource: "aws:s3",
  awsRegion: region,
  eventTime: new Date(now()).toISOString(),
  eventName: event,
  s3: {
    s3SchemaVersion: "1.0",
    configurationId,
    bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
    object: {
      key: encodeKey(key),
      ...(event.startsWith("ObjectCreated:") ? { size, eTag: etag } : {}),
      ...(version === "null" ? {} : { versionId: version }),
      sequencer: now().toString(16).toUpperCase().padStart(16, "0"),
    },
  },
});
