import type { Access, Credential, Failures, Link, Remembered } from "../access/access.ts";
import { Repeated } from "../transaction/write.ts";
import type { Dynamo } from "./wire/dynamo.ts";
import { conditionFailed } from "./wire/aws-error.ts";
import { write } from "./commit.ts";
import { type Item, type Key, plain } from "./items.ts";
import { batched } from "../async/batched.ts";

/** What one BatchWriteItem takes. */
const itemsAPut = 25;

const epoch = (date: Date) => Math.ceil(date.getTime() / 1000);
const keyOf = (prefix: string, key: string, sk: string) => ({ pk: `${prefix}#${key}`, sk });

/** Credentials, links, failures and remembered answers in the access table; `expires` lets DynamoDB drop what is past. */
export function access(client: Dynamo, table: string): Access {
  /** A link's hash is like no other: those of one batch of mails are put together. */
  const put = batched<Item, void>(itemsAPut, async (items) => {
    const { left } = await client.putMany(table, items);
    await Promise.all(left.map((Item) => client.put({ TableName: table, Item })));
    return items.map(() => undefined);
  });
  const get = (key: Key) => client.get(table, key);
  return {
    findCredential: async (hash) => plain<Credential>(await get(keyOf("L", hash, "login"))),
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
    findFailures: async (key) => plain<Failures>(await get(keyOf("B", key, "failures"))),
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
      await put({ ...keyOf("K", hash, "link"), ...link, expires: epoch(new Date(link.until)) });
    },
    findLink: async (hash) => plain<Link>(await get(keyOf("K", hash, "link"))),
    findRemembered: async (key) => plain<Remembered>(await get(keyOf("I", key, "answer"))),
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
