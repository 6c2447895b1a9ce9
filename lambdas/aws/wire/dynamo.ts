import type {
  DeleteCommandInput,
  PutCommandInput,
  QueryCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import { type Attributes, attributesOf, recordOf } from "./attribute.ts";
import { batched } from "../../async/batched.ts";
import { jsonService } from "./json-service.ts";

type Item = Record<string, unknown>;
type Fields = Readonly<Record<string, unknown>>;

/** DynamoDB with plain values in its items. Operations and inputs are AWS's own; failures are AwsError. */
export type Dynamo = {
  /** A consistent read. Those of one table that are asked for within one turn of the event loop go out as one request. */
  get(table: string, key: Fields): Promise<Item | undefined>;
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

/** What one BatchGetItem takes. */
const keysARead = 100;
/** Every table's key is `pk` and `sk`. */
const nameOf = ({ pk, sk }: Fields): string => JSON.stringify([pk, sk]);

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
  const reads = new Map<string, (key: Fields) => Promise<Item | undefined>>();

  const getOne = async (table: string, key: Fields): Promise<Item | undefined> => {
    const { Item } = await send("GetItem", { TableName: table, Key: attributesOf(key), ConsistentRead: true });
    return Item && recordOf(Item);
  };
  const getMany: Dynamo["getMany"] = async (table, keys) => {
    const wanted = { [table]: { Keys: keys.map(attributesOf), ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await send("BatchGetItem", { RequestItems: wanted });
    return {
      found: (Responses?.[table] ?? []).map(recordOf),
      left: (UnprocessedKeys?.[table]?.Keys ?? []).map(recordOf),
    };
  };
  /** One request for all the keys; what DynamoDB leaves out of it is asked for alone. */
  const read = async (table: string, keys: readonly Fields[]): Promise<readonly (Item | undefined)[]> => {
    const distinct = new Map(keys.map((key) => [nameOf(key), key]));
    if (distinct.size === 1) {
      const found = await getOne(table, keys[0] ?? {});
      return keys.map(() => found);
    }
    const { found, left } = await getMany(table, [...distinct.values()]);
    const alone = await Promise.all(left.map((key) => getOne(table, key)));
    const items = new Map([...found, ...alone].flatMap((item) => (item === undefined ? [] : [[nameOf(item), item]])));
    return keys.map((key) => items.get(nameOf(key)));
  };

  return {
    get: (table, key) => {
      const known = reads.get(table) ?? batched(keysARead, (keys) => read(table, keys));
      reads.set(table, known);
      return known(key);
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
    getMany,
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
