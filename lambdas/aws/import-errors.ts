import { importLimits } from "../contract/imports.ts";
import type { ImportError } from "../imports/files/import-error.ts";
import type { JobErrors } from "../imports/job.ts";
import type { Dynamo } from "./dynamo.ts";
import { errorsKey, jobKey } from "./import-keys.ts";
import { queryAll } from "./items.ts";

/** Errors in one item: far from the 400 KB that it may hold. */
const errorsAnItem = 100;

/** The errors of jobs, many to an item. */
export const jobErrors = (client: Dynamo, table: string): JobErrors => ({
  keep: async (key, errors) => {
    for (let at = 0; at * errorsAnItem < Math.min(errors.length, importLimits.errors); at++) {
      const page = errors.slice(at * errorsAnItem, Math.min((at + 1) * errorsAnItem, importLimits.errors));
      await client.put({ TableName: table, Item: { ...errorsKey(key, at), errors: page } });
    }
  },
  list: async (key) => {
    const pages = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": jobKey(key).pk, ":prefix": "errors#" },
      ConsistentRead: true,
    });
    return pages.flatMap((page) => page["errors"] as readonly ImportError[]);
  },
});
