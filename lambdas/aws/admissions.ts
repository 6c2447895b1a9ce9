import type { Admission, Admissions } from "../registry/administrator.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { withoutKeys } from "./items.ts";
import { admissionEndKey, admissionKey } from "./keys.ts";
import type { Key } from "./marshalling.ts";

const add = (table: string, key: Key, item: object) =>
  write({ Put: { TableName: table, Item: { ...key, ...item }, ConditionExpression: "attribute_not_exists(pk)" } });

/** The certificates that let administrators in, and those that no longer do: items are only ever added. */
export const admissions = (client: Dynamo, table: string): Admissions => ({
  find: async (fingerprint) => {
    const [admission, end] = await Promise.all([
      client.get(table, admissionKey(fingerprint)),
      client.get(table, admissionEndKey(fingerprint)),
    ]);
    return end === undefined ? withoutKeys<Admission>(admission) : undefined;
  },
  admit: (admission) => add(table, admissionKey(admission.fingerprint), admission),
  // Without a condition: what has ended stays so.
  end: (fingerprint) => write({ Put: { TableName: table, Item: admissionEndKey(fingerprint) } }),
});
