import type {
  DeleteCommandInput,
  GetCommandInput,
  PutCommandInput,
  QueryCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import { type Attributes, attributesOf, recordOf } from "./attribute.ts";
import { jsonService } from "./json-service.ts";

type Item = Record<string, unknown>;
type Fields = Readonly<Record<string, unknown>>;

/** DynamoDB with plain values in its items. Operations and inputs are AWS's own; failures are AwsError. */
export type Dynamo = {
  get(input: GetCommandInput): Promise<{ readonly Item?: Item }>;
  put(input: PutCommandInput): Promise<void>;
  update(input: UpdateCommandInput): Promise<{ readonly Attributes?: Item }>;
  delete(input: DeleteCommandInput): Promise<void>;
  query(input: QueryCommandInput): Promise<{ readonly Items: readonly Item[]; readonly LastEvaluatedKey?: Item }>;
  /** At most 100 keys of one table, read consistently; `left` are those that were not looked at this time. */
  getMany(table: string, keys: readonly Fields[]): Promise<{ readonly found: Item[]; readonly left: readonly Item[] }>;
  /** At most 25 items of one table, unconditionally; `left` are those that were not put this time. */
  putMany(table: string, items: readonly Fields[]): Promise<{ readonly left: readonly Item[] }>;
  /** All or nothing; AwsError `TransactionCanceledException` with a reason for each. */
  transact(input: TransactWriteCommandInput): Promise<void>;
};

/** Where an operation's input holds records. */
const records = new Set(["Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey"]);

/** An operation's own fields, with the records in them in DynamoDB's form. */
function encoded(input: object): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input))
    fields[name] = records.has(name) && value !== undefined ? attributesOf(value as Fields) : value;
  return fields;
}

type Answered = {
  readonly Item?: Attributes;
  readonly Items?: readonly Attributes[];
  readonly Attributes?: Attributes;
  readonly LastEvaluatedKey?: Attributes;
  readonly Responses?: Readonly<Record<string, readonly Attributes[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>;
  readonly UnprocessedItems?: Readonly<
    Record<string, readonly { readonly PutRequest: { readonly Item: Attributes } }[]>
  >;
};

/** The tables of the region that the environment names. */
export function dynamo(environment = process.env): Dynamo {
  const call = jsonService({ service: "dynamodb", target: "DynamoDB_20120810", version: "1.0" }, environment);
  const send = async (operation: string, input: object) => (await call(operation, input)) as Answered;
  return {
    get: async (input) => {
      const { Item } = await send("GetItem", encoded(input));
      return Item === undefined ? {} : { Item: recordOf(Item) };
    },
    put: async (input) => void (await send("PutItem", encoded(input))),
    update: async (input) => {
      const { Attributes: changed } = await send("UpdateItem", encoded(input));
      return changed === undefined ? {} : { Attributes: recordOf(changed) };
    },
    delete: async (input) => void (await send("DeleteItem", encoded(input))),
    query: async (input) => {
      const { Items = [], LastEvaluatedKey: last } = await send("Query", encoded(input));
      return { Items: Items.map(recordOf), ...(last === undefined ? {} : { LastEvaluatedKey: recordOf(last) }) };
    },
    getMany: async (table, keys) => {
      const wanted = { [table]: { Keys: keys.map(attributesOf), ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await send("BatchGetItem", { RequestItems: wanted });
      return {
        found: (Responses?.[table] ?? []).map(recordOf),
        left: (UnprocessedKeys?.[table]?.Keys ?? []).map(recordOf),
      };
    },
    putMany: async (table, items) => {
      const puts = { [table]: items.map((item) => ({ PutRequest: { Item: attributesOf(item) } })) };
      const { UnprocessedItems } = await send("BatchWriteItem", { RequestItems: puts });
      return { left: (UnprocessedItems?.[table] ?? []).map(({ PutRequest }) => recordOf(PutRequest.Item)) };
    },
    transact: async ({ TransactItems = [], ...input }) => {
      const writes = TransactItems.map((one) =>
        Object.fromEntries(Object.entries(one).map(([kind, write]) => [kind, encoded(write as object)])),
      );
      // A repetition of a request whose answer was lost is answered as the first one was.
      await send("TransactWriteItems", { ClientRequestToken: randomUUID(), ...input, TransactItems: writes });
    },
  };
}
