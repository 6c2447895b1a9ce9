import * as fc from "fast-check";
import { expect, describe, it } from "vitest";
import { dynamodb } from "../../../lib/local/aws/dynamodb/dynamodb.ts";
import type { Json } from "../../../lib/local/aws/protocol.ts";
import { THINGS } from "./tables.ts";

describe("numbers", () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: -9, max: 9 }))
    .map(([digits, power]) => ({ text: `${digits}e${power}`, scaled: digits * 10n ** BigInt(power + 9) }));

  it("are ordered and added exactly", async () => {
    const service = dynamodb({ file: ":memory:" });
    const call = async (operation: string, input: Json): Promise<Json> =>
      (await service.operations[operation]?.(input, () => undefined, new AbortController().signal)) ?? {};
    let round = 0;
    const TableName = "numbers";
    await call("CreateTable", {
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "N" },
      ],
      KeySchema: THINGS.KeySchema,
    });
    const property = fc.asyncProperty(fc.array(decimal, { minLength: 2, maxLength: 12 }), async (numbers) => {
      const pk = { S: `p${(round += 1)}` };
      for (const { text, scaled } of numbers) {
        await call("PutItem", { TableName, Item: { pk, sk: { N: text }, scaled: { S: String(scaled) } } });
      }
      const { Items } = await call("Query", {
        TableName,
        KeyConditionExpression: "pk = :p",
        ExpressionAttributeValues: { ":p": pk },
      });
      const found = (Items as { scaled: { S: string } }[]).map(({ scaled }) => BigInt(scaled.S));
      expect(found).toEqual([...new Set(numbers.map(({ scaled }) => scaled))].toSorted((a, b) => (a < b ? -1 : 1)));

      const [a, b] = numbers as [{ text: string; scaled: bigint }, { text: string; scaled: bigint }];
      const { Attributes } = await call("UpdateItem", {
        TableName,
        Key: { pk, sk: { N: a.text } },
        UpdateExpression: "SET added = :a + :b, rest = :a - :b",
        ExpressionAttributeValues: { ":a": { N: a.text }, ":b": { N: b.text } },
        ReturnValues: "UPDATED_NEW",
      });
      const plain = (text: string): bigint => {
        const [whole = "", fraction = ""] = text.replace("-", "").split(".");
        const size = BigInt(whole + fraction.padEnd(9, "0"));
        return text.startsWith("-") ? -size : size;
      };
      const { added, rest } = Attributes as { added: { N: string }; rest: { N: string } };
      expect([plain(added.N), plain(rest.N)]).toEqual([a.scaled + b.scaled, a.scaled - b.scaled]);
    });
    await fc.assert(property, { numRuns: 200 });
    service.close();
  });
});
