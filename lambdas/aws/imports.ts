import { conditionFailed } from "./errors.ts";
import type { UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import { importLimits } from "../contract/imports.ts";
import type { ImportError } from "../imports/files/import-error.ts";
import { ended, type ImportJob, type Imports, type JobKey, type QueuedJob } from "../imports/job.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import { errorsKey, jobKey, listedKey, openKey, queueKey } from "./import-keys.ts";
import { importRows } from "./import-rows.ts";
import { getMany, queryAll, withoutKeys } from "./items.ts";
import type { PlainInput } from "./marshalling.ts";

/** An item may hold 400 KB; so many errors are far from it. */
const errorsAnItem = 100;

/** Jobs, their rows and counters, and the queue over all tenants, in the imports table. */
export function imports(client: Dynamo, table: string): Imports {
  const findJob = async (tenantId: string, jobId: string) => {
    return withoutKeys<ImportJob>(await client.get(table, jobKey({ tenantId, jobId })));
  };
  const remove = (key: { pk: string; sk: string }) => write({ Delete: { TableName: table, Key: key } });
  /** Moves the job on; fails unless it stands in one of `from`. */
  const move = (job: ImportJob, from: readonly string[], to: Partial<ImportJob>) => {
    const changes = Object.entries(to).filter(([, value]) => value !== undefined);
    return write({
      Update: {
        TableName: table,
        Key: jobKey(job),
        UpdateExpression: `SET ${changes.map((_, at) => `#${at} = :${at}`).join(", ")}`,
        ConditionExpression: `#state IN (${from.map((_, at) => `:from${at}`).join(", ")})`,
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

  return {
    ...importRows(client, table),
    findJob,
    addJob: (job) => [
      write({
        Put: { TableName: table, Item: { ...jobKey(job), ...job }, ConditionExpression: "attribute_not_exists(pk)" },
      }),
      write({ Put: { TableName: table, Item: { ...listedKey(job), jobId: job.jobId } } }),
      write({ Put: { TableName: table, Item: { ...openKey(job), tenantId: job.tenantId, jobId: job.jobId } } }),
    ],
    listJobs: async (tenantId, { limit, cursor }) => {
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
        return findJob(key.tenantId, key.jobId);
      }
    },
    keepErrors: async (key, errors) => {
      for (let at = 0; at * errorsAnItem < Math.min(errors.length, importLimits.errors); at++) {
        const page = errors.slice(at * errorsAnItem, Math.min((at + 1) * errorsAnItem, importLimits.errors));
        await client.put({ TableName: table, Item: { ...errorsKey(key, at), errors: page } });
      }
    },
    listErrors: async (key) => {
      const pages = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": jobKey(key).pk, ":prefix": "errors#" },
        ConsistentRead: true,
      });
      return pages.flatMap((page) => page["errors"] as readonly ImportError[]);
    },
    accept: (job, rows, at) => [
      move(job, ["checking"], { state: "accepted", rows, acceptedAt: at, advancedAt: at, movedAt: at }),
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
      move(job, ["checking"], { state: "accepted", rows, acceptedAt: at, endedAt: at }),
      remove(openKey(job)),
    ],
    close: (job, state, errors, at) => [
      move(job, ["uploading", "checking"], { state, errors, endedAt: at }),
      remove(openKey(job)),
    ],
    claimTurn: async (job, turn, at) =>
      holds({
        Key: jobKey(job),
        UpdateExpression: "SET #state = :running, turn = :next, advancedAt = :at",
        ConditionExpression: "#state IN (:accepted, :running) AND turn <= :turn",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: {
          ":accepted": "accepted",
          ":running": "running",
          ":turn": turn,
          ":next": turn + 1,
          ":at": at,
        },
      }),
    saveProgress: async (job, { at, sentThrough, ended: seen, pace, moved }) => {
      // A look that was late saw less.
      await holds({
        Key: jobKey(job),
        UpdateExpression: `SET sentThrough = :sent, ended = :ended, pace = :pace${moved ? ", movedAt = :at" : ""}`,
        ConditionExpression: "sentThrough <= :sent AND ended <= :ended",
        ExpressionAttributeValues: {
          ":sent": sentThrough,
          ":ended": seen,
          ":pace": pace,
          ...(moved ? { ":at": at } : {}),
        },
      });
      if (job.acceptedAt === undefined) return;
      await holds({
        Key: queueKey(job, job.acceptedAt),
        UpdateExpression: "SET ended = :ended, pace = :pace",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":ended": seen, ":pace": pace },
      });
    },
    saveReleasedLicences: (job, freed) =>
      write({
        Update: {
          TableName: table,
          Key: jobKey(job),
          UpdateExpression: "SET freed = :freed",
          ConditionExpression: job.freed === undefined ? "attribute_not_exists(freed)" : "freed = :before",
          ExpressionAttributeValues: { ":freed": freed, ...(job.freed === undefined ? {} : { ":before": job.freed }) },
        },
      }),
    finish: (job, counts, errors, at) => [
      move(job, ["accepted", "running"], {
        state: "done",
        counts,
        errors,
        ended: ended(counts),
        endedAt: at,
        ...(job.bulkDownload && counts.done > 0 ? { package: { state: "making" } } : {}),
      }),
      remove(queueKey(job, job.acceptedAt ?? "")),
      ...(job.bulkDownload && counts.done > 0 ? [] : [remove(openKey(job))]),
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
    listOpen: async () =>
      (await inPartition("OPEN")).map(({ tenantId, jobId }): JobKey => ({
        tenantId: String(tenantId),
        jobId: String(jobId),
      })),
    listQueue: async () => (await inPartition("Q")).map((item) => withoutKeys<QueuedJob>(item)),
  };

  /** Updates on a condition; false when it does not hold. */
  async function holds(update: Omit<PlainInput<UpdateItemCommandInput>, "TableName">): Promise<boolean> {
    try {
      await client.update({ TableName: table, ...update });
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  }

  function inPartition(pk: string) {
    return queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
    });
  }
}
