import {
  DeleteItemCommand,
  type DeleteItemCommandInput,
  DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  TransactionConflictException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { clientSettings, oneEndpoint, withoutLogger } from "./client-settings.ts";
import { batchedPuts, batchedReads } from "./item-batches.ts";
import { type Item, type Key, marshallInput, type PlainInput } from "./marshalling.ts";

export type TransactItem = {
  readonly [Kind in keyof TransactWriteItem]: PlainInput<NonNullable<TransactWriteItem[Kind]>>;
};

/** DynamoDB with plain values in its items. Operations, inputs and errors are the SDK's. A function has one. */
export type Dynamo = {
  /** A consistent read; those of one turn of the event loop go out as one request. */
  get(table: string, key: Key): Promise<Item | undefined>;
  /** An unconditional put of a new item; those of one turn go out as one request. */
  add(table: string, item: Item): Promise<void>;
  put(input: PlainInput<PutItemCommandInput>): Promise<void>;
  update(input: PlainInput<UpdateItemCommandInput>): Promise<{ readonly Attributes: Item | undefined }>;
  delete(input: PlainInput<DeleteItemCommandInput>): Promise<void>;
  query(input: PlainInput<QueryCommandInput>): Promise<{
    readonly Items: readonly Item[];
    readonly LastEvaluatedKey: Item | undefined;
    readonly Count: number;
    /** How many items were looked at, before a filter. */
    readonly ScannedCount: number;
  }>;
  /** All or nothing. The SDK makes the ClientRequestToken by which a repeated request is done once. */
  transact(items: readonly TransactItem[]): Promise<void>;
};

export function dynamo(config: DynamoDBClientConfig = {}): Dynamo {
  const client = withoutLogger(new DynamoDBClient({ ...clientSettings(), ...oneEndpoint, ...config }));
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        // A single write that meets a transaction writes nothing. The SDK leaves it to its caller to try again.
        if (error instanceof TransactionConflictException) error.$retryable = {};
        throw error;
      }
    },
    { name: "retryConflicts", step: "finalizeRequest", priority: "low" },
  );
  const unmarshalled = (item: Parameters<typeof unmarshall>[0] | undefined): Item | undefined =>
    item && unmarshall(item);
  return {
    get: batchedReads(client),
    add: batchedPuts(client),
    put: async (input) => void (await client.send(new PutItemCommand(marshallInput(input)))),
    update: async (input) => {
      const { Attributes } = await client.send(new UpdateItemCommand(marshallInput(input)));
      return { Attributes: unmarshalled(Attributes) };
    },
    delete: async (input) => void (await client.send(new DeleteItemCommand(marshallInput(input)))),
    query: async (input) => {
      const page = await client.send(new QueryCommand(marshallInput(input)));
      const { Items = [], LastEvaluatedKey, Count = 0, ScannedCount = 0 } = page;
      return {
        Items: Items.map((item) => unmarshall(item)),
        LastEvaluatedKey: unmarshalled(LastEvaluatedKey),
        Count,
        ScannedCount,
      };
    },
    transact: async (items) => {
      const TransactItems = items.map((item) =>
        Object.fromEntries(Object.entries(item).map(([kind, write]) => [kind, marshallInput<object>(write)])),
      );
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
    },
  };
}
