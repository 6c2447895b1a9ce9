import { AwsError } from "../protocol.ts";
import { childrenOf, parseXml, textOf, type Element } from "../xml.ts";
import { deleteLatest } from "./changing.ts";
import type { S3Context } from "./context.ts";

const dayLength = 86_400_000;

type Rule = {
  readonly prefix: string;
  readonly expireDays: number;
  readonly noncurrentDays: number;
  readonly abortDays: number;
};

const known = new Set([
  "ID",
  "Status",
  "Filter",
  "Prefix",
  "Expiration",
  "NoncurrentVersionExpiration",
  "AbortIncompleteMultipartUpload",
]);

const ruleOf = (rule: Element): Rule => {
  const [filter] = childrenOf(rule, "Filter");
  const [expiration] = childrenOf(rule, "Expiration");
  const [noncurrent] = childrenOf(rule, "NoncurrentVersionExpiration");
  const [abort] = childrenOf(rule, "AbortIncompleteMultipartUpload");
  const days = (text: string | undefined): number => (text === undefined ? Number.POSITIVE_INFINITY : Number(text));
  return {
    prefix: (filter && textOf(filter, "Prefix")) ?? textOf(rule, "Prefix") ?? "",
    expireDays: days(expiration && textOf(expiration, "Days")),
    noncurrentDays: days(noncurrent && textOf(noncurrent, "NoncurrentDays")),
    abortDays: days(abort && textOf(abort, "DaysAfterInitiation")),
  };
};

/** Checks that a configuration uses only what is supported here: expiry and abort by days, filtered by prefix. */
export const checkLifecycle = (xml: string): void => {
  const root = parseXml(xml);
  if (root === undefined) throw new AwsError("MalformedXML", "The lifecycle configuration is no XML.");
  for (const rule of childrenOf(root, "Rule")) {
    const filters = childrenOf(rule, "Filter").flatMap(({ children }) => children);
    const expiry = childrenOf(rule, "Expiration").flatMap(({ children }) => children);
    const noncurrent = childrenOf(rule, "NoncurrentVersionExpiration").flatMap(({ children }) => children);
    const strange =
      rule.children.find(({ name }) => !known.has(name)) ??
      filters.find(({ name }) => name !== "Prefix") ??
      expiry.find(({ name }) => name !== "Days") ??
      noncurrent.find(({ name }) => name !== "NoncurrentDays");
    if (strange !== undefined) {
      throw new AwsError("NotImplemented", `Lifecycle ${strange.name} is not served on this machine.`, 501);
    }
  }
};

const sweepRule = async (s3: S3Context, bucket: string, rule: Rule): Promise<void> => {
  const { prefix, expireDays, noncurrentDays, abortDays } = rule;
  const now = s3.now();
  if (Number.isFinite(expireDays)) {
    for (const { key } of s3.store.olderThan(bucket, now - expireDays * dayLength, prefix)) {
      await deleteLatest(s3, bucket, key, "LifecycleExpiration");
    }
  }
  if (Number.isFinite(noncurrentDays)) {
    const ended = s3.store.replacedBefore(bucket, now - noncurrentDays * dayLength, prefix);
    s3.atomically(() => ended.forEach(({ id }) => s3.store.drop(id)));
    await s3.contents.remove(ended.map(({ file }) => file).filter((file) => file !== ""));
  }
  if (!Number.isFinite(abortDays)) return;
  for (const { id, key } of s3.uploads.olderThan(bucket, now - abortDays * dayLength)) {
    if (key.startsWith(prefix)) await s3.contents.remove(s3.atomically(() => s3.uploads.drop(id)));
  }
};

/** Removes the objects, versions and uploads that are older than their bucket's rules allow. */
export const sweep = async (s3: S3Context): Promise<void> => {
  for (const { name, lifecycle } of s3.store.buckets()) {
    const root = lifecycle === "" ? undefined : parseXml(lifecycle);
    const rules = root === undefined ? [] : childrenOf(root, "Rule");
    for (const rule of rules.filter((one) => textOf(one, "Status") === "Enabled")) {
      await sweepRule(s3, name, ruleOf(rule));
    }
  }
};
