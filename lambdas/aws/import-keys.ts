import type { JobKey, RowKey } from "../imports/job.ts";

/** Rows lie in 16 partitions of a job, counters in 64: rows that are worked on side by side are neighbours in the file. */
export const rowShards = Array.from({ length: 16 }, (_, shard) => shard);
export const counterShards = Array.from({ length: 64 }, (_, shard) => shard);

const jobPartition = ({ tenantId, jobId }: JobKey) => `T#${tenantId}#J#${jobId}`;
const number = (value: number) => String(value).padStart(5, "0");

export const jobKey = (key: JobKey) => ({ pk: jobPartition(key), sk: "job" });
export const errorsKey = (key: JobKey, page: number) => ({ pk: jobPartition(key), sk: `errors#${number(page)}` });
export const rowPartition = (key: JobKey, shard: number) => `${jobPartition(key)}#S#${shard}`;
export const rowKey = (key: RowKey) => ({
  pk: rowPartition(key, key.row % rowShards.length),
  sk: `row#${number(key.row)}`,
});
export const counterKey = (key: JobKey, shard: number) => ({ pk: `${jobPartition(key)}#K#${shard}`, sk: "counter" });
/** A tenant's jobs by age. The ids keep two of one millisecond apart. */
export const listedKey = ({ tenantId, jobId, createdAt }: JobKey & { createdAt: string }) => ({
  pk: `T#${tenantId}#JOBS`,
  sk: `${createdAt}#${jobId}`,
});
/** What has not come to its end, for the sweep. */
export const openPartition = "OPEN";
export const openKey = ({ jobId }: JobKey) => ({ pk: openPartition, sk: jobId });
/** What was accepted and is not done, over all tenants, oldest first. */
export const queuePartition = "Q";
export const queueKey = ({ jobId }: JobKey, acceptedAt: string) => ({
  pk: queuePartition,
  sk: `${acceptedAt}#${jobId}`,
});
