import { orderDigest, type Orders } from "../certificates/order.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { orderKey } from "./keys.ts";

/** Orders, by the authority that is to sign: items are only ever added. */
export const orders = (client: Dynamo, table: string): Orders => ({
  add: (certificate) =>
    write({
      Put: {
        TableName: table,
        Item: { ...orderKey(certificate), digest: orderDigest(certificate) },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    }),
  findDigest: async (certificate) => {
    const digest: unknown = (await client.get(table, orderKey(certificate)))?.["digest"];
    return typeof digest === "string" ? digest : undefined;
  },
});
