import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";

/** A record of text, numbers, booleans, null, octets, lists and records. What is undefined is not stored. */
export type Item = Record<string, unknown>;
export type Key = { readonly pk: string; readonly sk: string };

/** The fields of an operation's input that hold records. */
const recordFields = ["Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey"] as const;

/** An operation's input with plain values in its records. */
export type PlainInput<Input> = {
  [Name in keyof Input]: Name extends (typeof recordFields)[number]
    ? Item | Extract<Input[Name], undefined>
    : Input[Name];
};

/** The input in DynamoDB's form. Throws for a value that it has no form for, such as a date. */
export function marshallInput<Input extends object>(input: PlainInput<Input>): Input {
  const marshalled: Item = { ...input };
  for (const name of recordFields) {
    const record = marshalled[name];
    if (record !== undefined) marshalled[name] = marshallItem(record as Item);
  }
  return marshalled as Input;
}

export const marshallItem = (item: Item): Record<string, AttributeValue> =>
  marshall(item, { removeUndefinedValues: true });
