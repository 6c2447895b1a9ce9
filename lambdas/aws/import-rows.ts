import { setTimeout as pause } from "node:timers/promises";
import { type Counts, type ImportRow, type RowKey, RowMoved, type Rows } from "../imports/job.ts";
import { cancellationReasons } from "./errors.ts";
import type { Dynamo } from "./dynamo.ts";
import { isTransient, write } from "./commit.ts";
import { counterKey, counterShards, rowKey, rowPartition, rowShards } from "./import-keys.ts";
import type { Item } from "./marshalling.ts";
import { getMany, queryAll, withoutKeys } from "./items.ts";

/** What one TransactWriteItems takes. */
const transactionLimit = 100;

/** The rows of jobs and the count of those that have ended. */
export function rows(client: Dynamo, table: string): Rows {
  const moved = () => new RowMoved("the row has moved on");
  /** Puts those that are not there; what is there stays as it is, because it may have moved on already. */
  const put = async (part: readonly ImportRow[]): Promise<void> => {
    let missing = part;
    while (missing.length > 0) {
      const puts = missing.map((row) => ({
        Put: { TableName: table, Item: { ...rowKey(row), ...row }, ConditionExpression: "attribute_not_exists(pk)" },
      }));
      try {
        await client.transact(puts);
        return;
      } catch (error) {
        const reasons = cancellationReasons(error);
        if (reasons === undefined) throw error;
        const exists = reasons.map(({ Code }) => Code === "ConditionalCheckFailed");
        const transient = isTransient(reasons);
        if (!exists.includes(true) && !transient) throw error;
        // Another delivery of the same file is often read at this moment; the rows that both put are the same.
        if (transient) await pause(Math.random() * 200);
        missing = missing.filter((_, at) => exists[at] !== true);
      }
    }
  };
  const update = (key: RowKey, from: string, changes: Item) =>
    write(
      {
        Update: {
          TableName: table,
          Key: rowKey(key),
          UpdateExpression: `SET ${Object.keys(changes)
            .map((name) => `#${name} = :${name}`)
            .join(", ")}`,
          ConditionExpression: "#state = :from",
          ExpressionAttributeNames: {
            "#state": "state",
            ...Object.fromEntries(Object.keys(changes).map((name) => [`#${name}`, name])),
          },
          ExpressionAttributeValues: {
            ":from": from,
            ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
          },
        },
      },
      moved,
    );

  return {
    add: async (added) => {
      const parts: (readonly ImportRow[])[] = [];
      for (let at = 0; at < added.length; at += transactionLimit) parts.push(added.slice(at, at + transactionLimit));
      const side = 4;
      for (let at = 0; at < parts.length; at += side) await Promise.all(parts.slice(at, at + side).map(put));
    },
    find: async (key) => withoutKeys<ImportRow>(await client.get(table, rowKey(key))),
    markIssuing: (key, certificateId) => update(key, "waiting", { state: "issuing", certificateId }),
    end: (key, from, end) => [
      update(key, from, { ...end }),
      write({
        Update: {
          TableName: table,
          Key: counterKey(key, key.row % counterShards.length),
          UpdateExpression: "ADD #ended :one",
          ExpressionAttributeNames: { "#ended": end.state },
          ExpressionAttributeValues: { ":one": 1 },
        },
      }),
    ],
    markResent: async (key) => {
      await client.update({
        TableName: table,
        Key: rowKey(key),
        UpdateExpression: "ADD resent :one",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":one": 1 },
      });
    },
    list: async (key, states) => {
      const found: ImportRow[] = [];
      for (const shard of rowShards) {
        const names = (states ?? []).map((_, at) => `:s${at}`);
        const items = await queryAll(client, {
          TableName: table,
          KeyConditionExpression: "pk = :pk",
          ...(states === undefined
            ? {}
            : { FilterExpression: `#state IN (${names.join(", ")})`, ExpressionAttributeNames: { "#state": "state" } }),
          ExpressionAttributeValues: {
            ":pk": rowPartition(key, shard),
            ...Object.fromEntries((states ?? []).map((state, at) => [`:s${at}`, state])),
          },
          ConsistentRead: true,
        });
        found.push(...items.map((item) => withoutKeys<ImportRow>(item)));
      }
      return found.toSorted((a, b) => a.row - b.row);
    },
    count: async (key) => {
      const sums = { done: 0, failed: 0, skipped: 0, stopped: 0 };
      for (const item of await getMany(
        client,
        table,
        counterShards.map((shard) => counterKey(key, shard)),
      )) {
        for (const name of Object.keys(sums) as (keyof Counts)[]) sums[name] += Number(item[name] ?? 0);
      }
      return sums;
    },
  };
}
