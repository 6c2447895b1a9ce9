import type { Json } from "../protocol.ts";
import { AwsError } from "../protocol.ts";
import { type AttributeValue, readValue } from "./attribute.ts";
import { invalid, optionalRecord, optionalText } from "./parameters.ts";

/** The expression parameters of the calls, as they are named in messages. */
const EXPRESSIONS = [
  "ConditionExpression",
  "UpdateExpression",
  "KeyConditionExpression",
  "FilterExpression",
  "ProjectionExpression",
] as const;

/** One kind of expression. */
export type ExpressionKind = (typeof EXPRESSIONS)[number];

/** The #names and :values of one request. `finish` refuses those that no expression used. */
export type Placeholders = {
  name(reference: string, kind: ExpressionKind): string;
  value(reference: string, kind: ExpressionKind): AttributeValue;
  finish(): void;
};

function section(input: Json, parameter: string, sign: RegExp): ReadonlyMap<string, unknown> {
  const given = optionalRecord(input, parameter);
  if (given === undefined) return new Map();
  if (!EXPRESSIONS.some((kind) => optionalText(input, kind) !== undefined)) {
    throw invalid(`${parameter} can only be specified when using expressions`);
  }
  const entries = Object.entries(given);
  if (entries.length === 0) throw invalid(`${parameter} must not be empty`);
  for (const [key] of entries) {
    if (!sign.test(key)) throw invalid(`${parameter} contains invalid key: Syntax error; key: "${key}"`);
  }
  return new Map(entries);
}

/** Reads ExpressionAttributeNames and ExpressionAttributeValues of a request. */
export function placeholders(input: Json): Placeholders {
  const names = section(input, "ExpressionAttributeNames", /^#[A-Za-z0-9_]+$/);
  const rawValues = section(input, "ExpressionAttributeValues", /^:[A-Za-z0-9_]+$/);
  const values = new Map<string, AttributeValue>();
  for (const [key, raw] of rawValues) {
    try {
      values.set(key, readValue(raw));
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== "ValidationException") throw error;
      throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
    }
  }
  const used = new Set<string>();

  function refuseUnused(parameter: string, keys: Iterable<string>): void {
    const unused = [...keys].filter((key) => !used.has(key));
    if (unused.length > 0) {
      throw invalid(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(", ")}}`);
    }
  }

  return {
    name(reference, kind) {
      const name = names.get(reference);
      if (typeof name !== "string") {
        throw invalid(
          `Invalid ${kind}: An expression attribute name used in the document path is not defined; attribute name: ${reference}`,
        );
      }
      used.add(reference);
      return name;
    },
    value(reference, kind) {
      const value = values.get(reference);
      if (value === undefined) {
        throw invalid(
          `Invalid ${kind}: An expression attribute value used in expression is not defined; attribute value: ${reference}`,
        );
      }
      used.add(reference);
      return value;
    },
    finish() {
      refuseUnused("ExpressionAttributeNames", names.keys());
      refuseUnused("ExpressionAttributeValues", values.keys());
    },
  };
}
