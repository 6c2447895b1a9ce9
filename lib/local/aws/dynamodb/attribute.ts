import { AwsError, type Json } from "../protocol.ts";
import { normalizeNumber, numberSize } from "./decimal.ts";
import { invalid, isJson } from "./parameters.ts";

/** The type letters of the JSON protocol. */
export type AttributeType = "S" | "N" | "B" | "SS" | "NS" | "BS" | "L" | "M" | "BOOL" | "NULL";

/** One value in the JSON protocol: numbers in canonical form, binary in canonical base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item }
  | { readonly BOOL: boolean }
  | { readonly NULL: true };

/** Attributes by name. Look up with `attributeOf`: names such as `constructor` are legal. */
export type Item = { readonly [name: string]: AttributeValue };

/** An attribute of an item, if it has it. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** The type letters of a value. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new TypeError("an attribute value without a type");
}

function string(value: unknown): string {
  if (typeof value === "string") return value;
  throw new AwsError("SerializationException", "an attribute value of type S, N or B must be a JSON string");
}

function binary(value: unknown): string {
  const given = string(value);
  const canonical = Buffer.from(given, "base64").toString("base64");
  if (canonical !== given) throw new AwsError("SerializationException", "an attribute value of type B must be base64");
  return canonical;
}

function set(value: unknown, element: (entry: unknown) => string, empty: string): string[] {
  if (!Array.isArray(value)) throw new AwsError("SerializationException", "a set must be a JSON list");
  if (value.length === 0) throw invalid(`One or more parameter values were invalid: ${empty}`);
  const elements = value.map(element);
  if (new Set(elements).size !== elements.length) {
    throw invalid(
      `One or more parameter values were invalid: Input collection [${elements.join(", ")}] contains duplicates.`,
    );
  }
  return elements;
}

/** Reads one value; refuses what DynamoDB refuses, including numbers of more than 38 digits and more than 32 levels. */
export function readValue(raw: unknown, depth = 0): AttributeValue {
  if (!isJson(raw)) throw new AwsError("SerializationException", "an attribute value must be a JSON object");
  // The limit counts a value's own containers.
  if (depth > 32) throw invalid("Nesting Levels have exceeded supported limits");
  const types = Object.keys(raw);
  if (types.length > 1) {
    throw invalid(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  const type = types[0] ?? "";
  const value = raw[type];
  switch (type) {
    case "S":
      return { S: string(value) };
    case "N":
      return { N: normalizeNumber(string(value)) };
    case "B":
      return { B: binary(value) };
    case "SS":
      return { SS: set(value, string, "An string set  may not be empty") };
    case "NS":
      return { NS: set(value, (entry) => normalizeNumber(string(entry)), "An number set  may not be empty") };
    case "BS":
      return { BS: set(value, binary, "Binary sets should not be empty") };
    case "L":
      if (!Array.isArray(value)) break;
      return { L: value.map((entry: unknown) => readValue(entry, depth + 1)) };
    case "M":
      if (!isJson(value)) break;
      return { M: readItem(value, depth + 1) };
    case "BOOL":
      if (typeof value !== "boolean") break;
      return { BOOL: value };
    case "NULL":
      if (value !== true) {
        throw invalid(
          "One or more parameter values were invalid: Null attribute value types must have the value of true",
        );
      }
      return { NULL: true };
    default:
      throw invalid("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }
  throw new AwsError("SerializationException", `an attribute value of type ${type} has the wrong JSON type`);
}

/** Reads the attributes of an item or map. */
export function readItem(raw: Json, depth = 0): Item {
  // fromEntries defines own properties, so that the name __proto__ stays an attribute.
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, readValue(value, depth)]));
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
const binarySize = (base64: string): number => Buffer.byteLength(base64, "base64");

/** Bytes of a value as DynamoDB counts them (developer guide, "DynamoDB item sizes and formats"). */
function valueSize(value: AttributeValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberSize(value.N);
  if ("B" in value) return binarySize(value.B);
  if ("SS" in value) return sum(value.SS.map((entry) => Buffer.byteLength(entry)));
  if ("NS" in value) return sum(value.NS.map(numberSize));
  if ("BS" in value) return sum(value.BS.map(binarySize));
  if ("L" in value) return 3 + sum(value.L.map((entry) => 1 + valueSize(entry)));
  if ("M" in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
}

/** Bytes of an item: names and values. */
export function itemSize(item: Item): number {
  let total = 0;
  for (const [name, value] of Object.entries(item)) total += Buffer.byteLength(name) + valueSize(value);
  return total;
}
