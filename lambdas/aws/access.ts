import type { Access, Credential, Failures, Link, Remembered } from "../access/access.ts";
import { Repeated } from "../transaction/write.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { write } from "./commit.ts";
import type { Key } from "./marshalling.ts";
import { withoutKeys } from "./items.ts";

const epoch = (date: Date) => Math.ceil(date.getTime() / 1000);
const keyOf = (prefix: string, key: string, sk: string) => ({ pk: `${prefix}#${key}`, sk });

/** Credentials, links, failures and remembered answers in the access table; `expires` lets DynamoDB drop what is past. */
export function access(client: Dynamo, table: string): Access {
  const get = (key: Key) => client.get(table, key);
  return {
    findCredential: async (hash) => withoutKeys<Credential>(await get(keyOf("L", hash, "login"))),
    addCredential: (hash, credential) =>
      write({
        Put: {
          TableName: table,
          Item: { ...keyOf("L", hash, "login"), ...credential },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    endCredential: (hash, credential, forget) =>
      write({
        Put: { TableName: table, Item: { ...keyOf("L", hash, "login"), ...credential, expires: epoch(forget) } },
      }),
    findFailures: async (key) => withoutKeys<Failures>(await get(keyOf("B", key, "failures"))),
    addFailure: async (key, at, forget) => {
      await client.update({
        TableName: table,
        Key: keyOf("B", key, "failures"),
        UpdateExpression: "ADD #count :one SET lastAt = :at, expires = :expires",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":one": 1, ":at": at.toISOString(), ":expires": epoch(forget) },
      });
    },
    clearFailures: async (key, { count, lastAt }) => {
      try {
        await client.delete({
          TableName: table,
          Key: keyOf("B", key, "failures"),
          ConditionExpression: "#count = :count AND lastAt = :at",
          ExpressionAttributeNames: { "#count": "count" },
          ExpressionAttributeValues: { ":count": count, ":at": lastAt },
        });
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
    },
    addLink: async (hash, link) => {
      // A link's hash is like no other, so no condition is needed.
      await client.add(table, { ...keyOf("K", hash, "link"), ...link, expires: epoch(new Date(link.until)) });
    },
    findLink: async (hash) => withoutKeys<Link>(await get(keyOf("K", hash, "link"))),
    findRemembered: async (key) => withoutKeys<Remembered>(await get(keyOf("I", key, "answer"))),
    remember: (key, remembered, forget) =>
      write(
        {
          Put: {
            TableName: table,
            Item: { ...keyOf("I", key, "answer"), ...remembered, expires: epoch(forget) },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
        () => new Repeated(),
      ),
  };
}
