import type { Access, Credential, Failures, Link, Remembered } from "../access/access.ts";
import { Repeated } from "../transaction/write.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { write } from "./commit.ts";
import type { Key } from "./marshalling.ts";
import { withoutKeys } from "./items.ts";

const epoch = (date: Date) => Math.ceil(date.getTime() / 1000);
const keyOf = (prefix: string, key: string, sk: string) => ({ pk: `${prefix}#${key}`, sk });

/** False if the write's condition did not hold. */
async function held(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (conditionFailed(error)) return false;
    throw error;
  }
}

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
    countTry: (key, read, { count, lastAt }, forget) =>
      held(
        client.update({
          TableName: table,
          Key: keyOf("B", key, "failures"),
          UpdateExpression: "SET #count = :count, lastAt = :at, expires = :expires",
          ConditionExpression:
            read === undefined ? "attribute_not_exists(pk)" : "#count = :readCount AND lastAt = :readAt",
          ExpressionAttributeNames: { "#count": "count" },
          ExpressionAttributeValues: {
            ":count": count,
            ":at": lastAt,
            ":expires": epoch(forget),
            ...(read === undefined ? {} : { ":readCount": read.count, ":readAt": read.lastAt }),
          },
        }),
      ),
    refundTry: async (key, { count, lastAt }) => {
      const item = {
        TableName: table,
        Key: keyOf("B", key, "failures"),
        ExpressionAttributeNames: { "#count": "count" },
      };
      const alone = client.delete({
        ...item,
        ConditionExpression: "#count = :count AND lastAt = :at",
        ExpressionAttributeValues: { ":count": count, ":at": lastAt },
      });
      if (await held(alone)) return;
      await held(
        client.update({
          ...item,
          UpdateExpression: "ADD #count :less",
          ConditionExpression: "#count > :none",
          ExpressionAttributeValues: { ":less": -1, ":none": 0 },
        }),
      );
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
