import type { Store } from "../dynamodb/store.ts";
import { indexOf, tableArn, tableOf } from "../dynamodb/table.ts";
import type { Json } from "../protocol.ts";
import type { Ask } from "./policy.ts";

const json = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(json) : []);
const nameOf = (input: Json): string => String(input["TableName"]).replace(/^.*:table\//, "");

/** Actions of TransactWriteItems are allowed as those of single requests. */
const transacted = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
} as const;

/** The partition that a Query's key condition names: an equality, which no query goes without. */
function partitionsIn(input: Json, hash: string): readonly string[] {
  const [names, values] = [json(input["ExpressionAttributeNames"]), json(input["ExpressionAttributeValues"])];
  const equalities = String(input["KeyConditionExpression"]).matchAll(/([#\w]+)\s*=\s*(:\w+)/g);
  return [...equalities].flatMap(([, name = "", value = ""]) =>
    (names[name] ?? name) === hash ? [String(Object.values(json(values[value]))[0])] : [],
  );
}

/** What a request of DynamoDB asks for; items are asked for by their partition keys. */
export const dynamodbAsks =
  (store: Store) =>
  (operation: string, input: Json): readonly Ask[] => {
    const on = (action: string, name: string, items: readonly Json[]): Ask => {
      const { hash } = tableOf(store, name).keys;
      const keys = items.map((item) => String(Object.values(json(item[hash.name]))[0]));
      const context = items.length === 0 ? {} : { "dynamodb:LeadingKeys": keys };
      return { action: `dynamodb:${action}`, resource: tableArn(name), context };
    };
    switch (operation) {
      case "GetItem":
      case "UpdateItem":
      case "DeleteItem":
        return [on(operation, nameOf(input), [json(input["Key"])])];
      case "PutItem":
        return [on(operation, nameOf(input), [json(input["Item"])])];
      case "Query": {
        const index = input["IndexName"];
        const table = tableOf(store, nameOf(input));
        const { hash } = typeof index === "string" ? indexOf(table, index).keys : table.keys;
        const resource = tableArn(nameOf(input)) + (typeof index === "string" ? `/index/${index}` : "");
        const context = { "dynamodb:LeadingKeys": partitionsIn(input, hash.name) };
        return [{ action: "dynamodb:Query", resource, context }];
      }
      case "BatchGetItem":
        return Object.entries(json(input["RequestItems"])).map(([name, wanted]) =>
          on(operation, name, list(json(wanted)["Keys"])),
        );
      case "BatchWriteItem":
        return Object.entries(json(input["RequestItems"])).map(([name, requests]) => {
          const items = list(requests).map(({ PutRequest, DeleteRequest }) =>
            json(json(PutRequest)["Item"] ?? json(DeleteRequest)["Key"]),
          );
          return on(operation, name, items);
        });
      case "TransactWriteItems":
        return list(input["TransactItems"]).flatMap((action) =>
          Object.entries(transacted).flatMap(([kind, name]) => {
            const body = json(action[kind]);
            return action[kind] === undefined ? [] : [on(name, nameOf(body), [json(body["Item"] ?? body["Key"])])];
          }),
        );
      default:
        return [{ action: `dynamodb:${operation}`, resource: tableArn(nameOf(input)) }];
    }
  };
