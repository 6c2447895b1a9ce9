import { type AttributeType, type AttributeValue, typeOf } from "./attribute.ts";
import { order } from "./compare.ts";
import type { Comparator, Condition, Operand } from "./condition.ts";
import type { ExpressionKind, Placeholders } from "./placeholders.ts";
import { tokens, type Tokens } from "./tokens.ts";

const TYPES: readonly AttributeType[] = ["B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M"];
const COMPARATORS: readonly Comparator[] = ["=", "<>", "<", "<=", ">", ">="];
const OPERANDS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
const MAXIMUM_OPTIONS = 100;

const literal = (operand: Operand): AttributeValue | undefined =>
  operand.kind === "value" ? operand.value : undefined;

function literalType(operand: Operand): AttributeType | undefined {
  if (operand.kind === "size") return "N";
  return operand.kind === "value" ? typeOf(operand.value) : undefined;
}

function requireType(reader: Tokens, operator: string, operand: Operand, types: readonly AttributeType[]): void {
  const type = literalType(operand);
  if (type !== undefined && !types.includes(type)) {
    throw reader.refuse(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
    );
  }
}

function distinct(reader: Tokens, operator: string, left: Operand, right: Operand): void {
  if (left.kind !== "path" || right.kind !== "path" || JSON.stringify(left.path) !== JSON.stringify(right.path)) return;
  const steps = left.path.map((step) => (typeof step === "number" ? `[${step}]` : step)).join(", ");
  throw reader.refuse(
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: [${steps}]`,
  );
}

function operands(reader: Tokens): { name: string; list: readonly Operand[] } {
  const name = reader.take();
  const expected = OPERANDS[name];
  if (expected === undefined) throw reader.refuse(`Invalid function name; function: ${name}`);
  reader.expect("(");
  const list = [operand(reader)];
  while (reader.accept(",")) list.push(operand(reader));
  reader.expect(")");
  if (list.length !== expected) {
    throw reader.refuse(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${list.length}`,
    );
  }
  return { name, list };
}

function operand(reader: Tokens): Operand {
  if (reader.call()) {
    const { name, list } = operands(reader);
    const [of] = list;
    if (name !== "size" || of === undefined) {
      throw reader.refuse(`The function is not allowed to be used this way in an expression; function: ${name}`);
    }
    requireType(reader, name, of, ["S", "B", "SS", "NS", "BS", "L", "M"]);
    return { kind: "size", of };
  }
  const value = reader.value();
  return value === undefined ? { kind: "path", path: reader.path() } : { kind: "value", value };
}

/** A function that is a condition by itself, or undefined for size(…), which needs a comparison. */
function predicate(reader: Tokens): Condition {
  const { name, list } = operands(reader);
  const [first, second] = list;
  if (first === undefined) throw reader.syntax();
  if (name === "attribute_exists" || name === "attribute_not_exists") {
    if (first.kind !== "path") {
      throw reader.refuse(`Operator or function requires a document path; operator or function: ${name}`);
    }
    return { kind: name === "attribute_exists" ? "exists" : "absent", path: first.path };
  }
  if (second === undefined) throw reader.syntax();
  distinct(reader, name, first, second);
  if (name === "attribute_type") {
    const type = literal(second);
    if (type === undefined || !("S" in type)) {
      const given = literalType(second) ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
      throw reader.refuse(
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${given}`,
      );
    }
    const known = TYPES.find((each) => each === type.S);
    if (known === undefined) {
      throw reader.refuse(`Invalid attribute type name found; type: ${type.S}, valid types: {${TYPES.join(",")}}`);
    }
    return { kind: "type", operand: first, type: known };
  }
  if (name === "begins_with") for (const each of [first, second]) requireType(reader, name, each, ["S", "B"]);
  return { kind: name === "begins_with" ? "begins" : "contains", operand: first, argument: second };
}

function between(reader: Tokens, subject: Operand): Condition {
  const low = operand(reader);
  reader.expect("AND");
  const high = operand(reader);
  for (const bound of [low, high]) requireType(reader, "BETWEEN", bound, ["S", "N", "B"]);
  const [from, to] = [literal(low), literal(high)];
  if (from !== undefined && to !== undefined) {
    const ordered = order(from, to);
    const bounds = [from, to].map((bound) => `AttributeValue: {${typeOf(bound)}:${Object.values(bound).join()}}`);
    const named = `lower bound operand: ${bounds[0]}, upper bound operand: ${bounds[1]}`;
    if (ordered === undefined) {
      throw reader.refuse(`The BETWEEN operator requires same data type for lower and upper bounds; ${named}`);
    }
    if (ordered > 0) {
      throw reader.refuse(
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${named}`,
      );
    }
  }
  return { kind: "between", operand: subject, low, high };
}

function comparison(reader: Tokens): Condition {
  const left = operand(reader);
  if (reader.accept("BETWEEN")) return between(reader, left);
  if (reader.accept("IN")) {
    reader.expect("(");
    const options = [operand(reader)];
    while (reader.accept(",")) options.push(operand(reader));
    reader.expect(")");
    if (options.length > MAXIMUM_OPTIONS) {
      throw reader.refuse(
        `Incorrect number of operands for operator or function; operator or function: IN, number of operands: ${options.length}`,
      );
    }
    return { kind: "in", operand: left, options };
  }
  const comparator = COMPARATORS.find((sign) => reader.is(sign));
  if (comparator === undefined) {
    if (left.kind === "size") {
      throw reader.refuse("The function is not allowed to be used this way in an expression; function: size");
    }
    throw reader.syntax();
  }
  reader.take();
  const right = operand(reader);
  distinct(reader, comparator, left, right);
  if (comparator !== "=" && comparator !== "<>") {
    for (const each of [left, right]) requireType(reader, comparator, each, ["S", "N", "B"]);
  }
  return { kind: "compare", comparator, left, right };
}

function primary(reader: Tokens): Condition {
  if (reader.accept("NOT")) return { kind: "not", condition: primary(reader) };
  if (reader.accept("(")) {
    const doubled = reader.is("(");
    const inside = disjunction(reader);
    if (doubled && inside.whole) throw reader.refuse("The expression has redundant parentheses;");
    reader.expect(")");
    return inside.condition;
  }
  return reader.call() && reader.peek() !== "size" ? predicate(reader) : comparison(reader);
}

function conjunction(reader: Tokens): { condition: Condition; whole: boolean } {
  let condition = primary(reader);
  let whole = true;
  while (reader.accept("AND")) {
    condition = { kind: "and", left: condition, right: primary(reader) };
    whole = false;
  }
  return { condition, whole };
}

// `whole`: nothing was joined, so parentheses around it are redundant.
function disjunction(reader: Tokens): { condition: Condition; whole: boolean } {
  let { condition, whole } = conjunction(reader);
  while (reader.accept("OR")) {
    condition = { kind: "or", left: condition, right: conjunction(reader).condition };
    whole = false;
  }
  return { condition, whole };
}

/** Parses a condition, filter or key condition; refuses with DynamoDB's messages. */
export function parseCondition(kind: ExpressionKind, text: string, scope: Placeholders): Condition {
  const reader = tokens(kind, text, scope);
  const { condition } = disjunction(reader);
  if (reader.peek() !== undefined) throw reader.syntax();
  return condition;
}
