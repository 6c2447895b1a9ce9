import { type AttributeValue, typeOf } from "./attribute.ts";
import type { Condition, Operand } from "./condition.ts";
import { invalid } from "./parameters.ts";
import { type KeyAttribute, keyBytes, type KeySchema } from "./schema.ts";

/** The key condition of a query: a hash value, and bounds on the range column as SQL. */
export type KeyRange = {
  readonly hash: Uint8Array;
  readonly hashValue: AttributeValue;
  /** Conditions on the column `range`, joined by AND, each with one parameter. */
  readonly bounds: readonly { readonly sign: "=" | "<" | "<=" | ">" | ">="; readonly value: Uint8Array }[];
};

const FLIPPED = { "=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

const unsupported = () => invalid("Query key condition not supported");

function attributeName(operand: Operand): string {
  if (operand.kind !== "path" || operand.path.length !== 1) throw unsupported();
  return operand.path[0];
}

function bytesOf(operand: Operand, attribute: KeyAttribute): Uint8Array {
  if (operand.kind !== "value") throw unsupported();
  if (typeOf(operand.value) !== attribute.type) {
    throw invalid("One or more parameter values were invalid: Condition parameter type does not match schema type");
  }
  return keyBytes(operand.value);
}

/** The first bytes after everything that begins with `prefix`; undefined when nothing comes after. */
function after(prefix: Uint8Array): Uint8Array | undefined {
  const last = prefix.findLastIndex((byte) => byte < 0xff);
  return last === -1 ? undefined : Uint8Array.from(prefix.subarray(0, last + 1)).with(last, (prefix[last] ?? 0) + 1);
}

function boundsOf(part: Condition, attribute: KeyAttribute): KeyRange["bounds"] {
  if (part.kind === "compare") {
    const forward = part.left.kind === "path";
    const sign = forward ? part.comparator : FLIPPED[part.comparator];
    if (sign === "<>") throw invalid("Invalid operator used in KeyConditionExpression: <>");
    return [{ sign, value: bytesOf(forward ? part.right : part.left, attribute) }];
  }
  if (part.kind === "between") {
    return [
      { sign: ">=", value: bytesOf(part.low, attribute) },
      { sign: "<=", value: bytesOf(part.high, attribute) },
    ];
  }
  if (part.kind !== "begins" || attribute.type === "N") throw unsupported();
  const prefix = bytesOf(part.argument, attribute);
  const end = after(prefix);
  return [{ sign: ">=", value: prefix }, ...(end === undefined ? [] : [{ sign: "<", value: end } as const])];
}

function subject(part: Condition): string {
  if (part.kind === "compare") return attributeName(part.left.kind === "path" ? part.left : part.right);
  if (part.kind === "between" || part.kind === "begins") return attributeName(part.operand);
  const names: Partial<Record<Condition["kind"], string>> = {
    or: "OR",
    not: "NOT",
    in: "IN",
    contains: "contains",
    exists: "attribute_exists",
    absent: "attribute_not_exists",
    type: "attribute_type",
  };
  throw invalid(`Invalid operator used in KeyConditionExpression: ${names[part.kind] ?? part.kind}`);
}

/** Reads a parsed KeyConditionExpression against a key schema: the hash by `=`, the range by one condition at most. */
export function keyRange(condition: Condition, keys: KeySchema): KeyRange {
  const parts = new Map<string, Condition>();
  for (const part of conjuncts(condition)) {
    const name = subject(part);
    if (parts.has(name)) throw invalid("KeyConditionExpressions must only contain one condition per key");
    parts.set(name, part);
  }
  const onHash = parts.get(keys.hash.name);
  if (onHash === undefined) throw invalid(`Query condition missed key schema element: ${keys.hash.name}`);
  const onRange = keys.range === undefined ? undefined : parts.get(keys.range.name);
  if (parts.size > (onRange === undefined ? 1 : 2)) {
    if (keys.range === undefined) throw unsupported();
    throw invalid(`Query condition missed key schema element: ${keys.range.name}`);
  }
  if (onHash.kind !== "compare" || onHash.comparator !== "=") throw unsupported();
  const operand = onHash.left.kind === "path" ? onHash.right : onHash.left;
  const hash = bytesOf(operand, keys.hash);
  if (operand.kind !== "value") throw unsupported();
  if (hash.length === 0) throw emptyKey(keys.hash);
  const bounds = keys.range === undefined || onRange === undefined ? [] : boundsOf(onRange, keys.range);
  if (keys.range !== undefined && bounds.some(({ value }) => value.length === 0)) throw emptyKey(keys.range);
  return { hash, hashValue: operand.value, bounds };
}

function emptyKey({ name, type }: KeyAttribute): Error {
  const kind = type === "B" ? "binary" : "string";
  return invalid(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
  );
}
