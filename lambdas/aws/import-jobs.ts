import { ended, type ImportJob, type JobKey, type Jobs } from "../imports/job.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { jobKey, listedKey, openKey, openPartition, queueKey } from "./import-keys.ts";
import { getMany, queryPartition, withoutKeys } from "./items.ts";

/** Jobs in the imports table, and the lists that they are in. */
export function jobs(client: Dynamo, table: string): Jobs {
  const find = async (tenantId: string, jobId: string) => {
    return withoutKeys<ImportJob>(await client.get(table, jobKey({ tenantId, jobId })));
  };
  const remove = (key: { pk: string; sk: string }) => write({ Delete: { TableName: table, Key: key } });
  /** Moves the job on; fails unless its state is one of `from`. */
  const move = (job: ImportJob, from: readonly string[], to: Partial<ImportJob>, also = "") => {
    const changes = Object.entries(to).filter(([, value]) => value !== undefined);
    return write({
      Update: {
        TableName: table,
        Key: jobKey(job),
        UpdateExpression: `SET ${changes.map((_, at) => `#${at} = :${at}`).join(", ")}`,
        ConditionExpression: `#state IN (${from.map((_, at) => `:from${at}`).join(", ")})${also}`,
        ExpressionAttributeNames: {
          ...Object.fromEntries(changes.map(([name], at) => [`#${at}`, name])),
          "#state": "state",
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(changes.map(([, value], at) => [`:${at}`, value])),
          ...Object.fromEntries(from.map((state, at) => [`:from${at}`, state])),
        },
      },
    });
  };

  const notStopped = " AND attribute_not_exists(stop)";

  return {
    find,
    add: (job) => [
      write({
        Put: { TableName: table, Item: { ...jobKey(job), ...job }, ConditionExpression: "attribute_not_exists(pk)" },
      }),
      write({ Put: { TableName: table, Item: { ...listedKey(job), jobId: job.jobId } } }),
      write({ Put: { TableName: table, Item: { ...openKey(job), tenantId: job.tenantId, jobId: job.jobId } } }),
    ],
    list: async (tenantId, { limit, cursor }) => {
      const { pk } = listedKey({ tenantId, jobId: "", createdAt: "" });
      const page = await client.query({
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
        ScanIndexForward: false,
        Limit: limit,
        ...(cursor === undefined ? {} : { ExclusiveStartKey: { pk, sk: cursor } }),
      });
      const keys = page.Items.map((item) => jobKey({ tenantId, jobId: String(item["jobId"]) }));
      const items = await getMany(client, table, keys);
      const found = new Map(items.map((item) => [item["pk"], withoutKeys<ImportJob>(item)]));
      return {
        jobs: keys.flatMap((key) => found.get(key.pk) ?? []),
        next: page.LastEvaluatedKey?.["sk"] as string | undefined,
      };
    },
    listOpen: async () =>
      (await queryPartition(client, table, openPartition)).map(({ tenantId, jobId }): JobKey => ({
        tenantId: String(tenantId),
        jobId: String(jobId),
      })),
    beginChecking: async (key, versionId, at) => {
      try {
        const begun = await client.update({
          TableName: table,
          Key: jobKey(key),
          UpdateExpression: "SET #state = :checking, versionId = :version, checkedAt = :at",
          ConditionExpression: "#state = :uploading",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: {
            ":checking": "checking",
            ":uploading": "uploading",
            ":version": versionId,
            ":at": at,
          },
          ReturnValues: "ALL_NEW",
        });
        return withoutKeys<ImportJob>(begun.Attributes);
      } catch (error) {
        if (!conditionFailed(error)) throw error;
        return find(key.tenantId, key.jobId);
      }
    },
    stop: (job) =>
      move(
        job,
        ["uploading", "checking", "accepted", "running"],
        { stop: job.stop },
        `${notStopped} AND attribute_not_exists(endedAt)`,
      ),
    accept: (job, rows, at) => [
      move(job, ["checking"], { state: "accepted", rows, acceptedAt: at, advancedAt: at, movedAt: at }, notStopped),
      write({
        Put: {
          TableName: table,
          Item: {
            ...queueKey(job, at),
            tenantId: job.tenantId,
            jobId: job.jobId,
            acceptedAt: at,
            rows,
            ended: 0,
            pace: 0,
          },
        },
      }),
    ],
    approve: (job, rows, at) => [
      move(job, ["checking"], { state: "accepted", rows, acceptedAt: at, endedAt: at }, notStopped),
      remove(openKey(job)),
    ],
    close: (job, state, errors, at) => [
      move(job, ["uploading", "checking"], { state, errors, endedAt: at }),
      remove(openKey(job)),
    ],
    finish: (job, counts, errors, at) => [
      move(job, ["accepted", "running"], {
        state: counts.stopped > 0 ? "stopped" : "done",
        counts,
        errors,
        ended: ended(counts),
        endedAt: at,
        ...(job.bulkDownload && counts.done > 0 ? { package: { state: "making" } } : {}),
      }),
      remove(queueKey(job, job.acceptedAt ?? "")),
      ...(job.bulkDownload && counts.done > 0 ? [] : [remove(openKey(job))]),
    ],
    remakePackage: (job) => [
      write({
        Update: {
          TableName: table,
          Key: jobKey(job),
          UpdateExpression: "SET #package = :making",
          ConditionExpression: "#package.#state = :ready",
          ExpressionAttributeNames: { "#package": "package", "#state": "state" },
          ExpressionAttributeValues: { ":making": { state: "making", again: true }, ":ready": "ready" },
        },
      }),
      write({ Put: { TableName: table, Item: { ...openKey(job), tenantId: job.tenantId, jobId: job.jobId } } }),
    ],
    keepPackage: (job, made) => [
      write({
        Update: {
          TableName: table,
          Key: jobKey(job),
          UpdateExpression: "SET #package = :ready",
          ConditionExpression: "#package.#state = :making",
          ExpressionAttributeNames: { "#package": "package", "#state": "state" },
          ExpressionAttributeValues: { ":ready": { state: "ready", ...made }, ":making": "making" },
        },
      }),
      remove(openKey(job)),
    ],
  };
}
