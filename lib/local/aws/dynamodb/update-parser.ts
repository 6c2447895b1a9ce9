import { type AttributeType, type AttributeValue, typeOf } from "./attribute.ts";
import { joinPaths, type Path, type PathTree } from "./path.ts";
import type { Placeholders } from "./placeholders.ts";
import { tokens, type Tokens } from "./tokens.ts";

/** The right side of a SET. */
export type Term =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | { readonly kind: "otherwise"; readonly path: Path; readonly term: Term }
  | { readonly kind: "append" | "plus" | "minus"; readonly left: Term; readonly right: Term };

/** A parsed update: what each section does, and all its paths joined. */
export type Update = {
  readonly set: readonly { readonly path: Path; readonly term: Term }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: AttributeValue }[];
  readonly delete: readonly { readonly path: Path; readonly value: AttributeValue }[];
  readonly touched: PathTree;
};

const LONG_NAMES: Readonly<Record<AttributeType, string>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  SS: "STRING_SET",
  NS: "NUMBER_SET",
  BS: "BINARY_SET",
  L: "LIST",
  M: "MAP",
  BOOL: "BOOLEAN",
  NULL: "NULL",
};

function requireLiteral(reader: Tokens, operator: string, term: Term, type: AttributeType): void {
  if (term.kind === "value" && typeOf(term.value) !== type) {
    throw reader.refuse(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(term.value)}`,
    );
  }
}

function call(reader: Tokens): Term {
  const name = reader.take();
  if (name !== "if_not_exists" && name !== "list_append") {
    throw reader.refuse(`Invalid function name; function: ${name}`);
  }
  reader.expect("(");
  const terms = [operand(reader)];
  while (reader.accept(",")) terms.push(operand(reader));
  reader.expect(")");
  const [left, right] = terms;
  if (left === undefined || right === undefined || terms.length !== 2) {
    throw reader.refuse(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${terms.length}`,
    );
  }
  if (name === "list_append") {
    for (const term of [left, right]) requireLiteral(reader, name, term, "L");
    return { kind: "append", left, right };
  }
  if (left.kind !== "path") {
    throw reader.refuse(`Operator or function requires a document path; operator or function: ${name}`);
  }
  return { kind: "otherwise", path: left.path, term: right };
}

function operand(reader: Tokens): Term {
  if (reader.accept("(")) {
    const inside = term(reader);
    reader.expect(")");
    return inside;
  }
  if (reader.call()) return call(reader);
  const value = reader.value();
  return value === undefined ? { kind: "path", path: reader.path() } : { kind: "value", value };
}

function term(reader: Tokens): Term {
  const left = operand(reader);
  const sign = reader.accept("+") ? "+" : reader.accept("-") ? "-" : undefined;
  if (sign === undefined) return left;
  const right = operand(reader);
  for (const each of [left, right]) requireLiteral(reader, sign, each, "N");
  return { kind: sign === "+" ? "plus" : "minus", left, right };
}

function amount(reader: Tokens, operator: "ADD" | "DELETE"): { path: Path; value: AttributeValue } {
  const path = reader.path();
  const value = reader.value();
  if (value === undefined) throw reader.syntax();
  const type = typeOf(value);
  if (!(operator === "ADD" ? ["N", "SS", "NS", "BS"] : ["SS", "NS", "BS"]).includes(type)) {
    throw reader.refuse(
      `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${LONG_NAMES[type]}, typeSet: ALLOWED_FOR_${operator}_OPERAND`,
    );
  }
  return { path, value };
}

function assignment(reader: Tokens): { path: Path; term: Term } {
  const path = reader.path();
  reader.expect("=");
  return { path, term: term(reader) };
}

function clauses<T>(reader: Tokens, one: () => T): T[] {
  const list = [one()];
  while (reader.accept(",")) list.push(one());
  return list;
}

/** Parses an UpdateExpression; refuses with DynamoDB's messages. */
export function parseUpdate(text: string, scope: Placeholders): Update {
  const reader = tokens("UpdateExpression", text, scope);
  const sections: { -readonly [K in "set" | "remove" | "add" | "delete"]?: Update[K] } = {};
  while (reader.peek() !== undefined) {
    const word = (["SET", "REMOVE", "ADD", "DELETE"] as const).find((each) => reader.is(each));
    if (word === undefined) throw reader.syntax();
    reader.take();
    if (sections[word.toLowerCase() as Lowercase<typeof word>] !== undefined) {
      throw reader.refuse(`The "${word}" section can only be used once in an update expression;`);
    }
    if (word === "SET") sections.set = clauses(reader, () => assignment(reader));
    else if (word === "REMOVE") sections.remove = clauses(reader, () => reader.path());
    else if (word === "ADD") sections.add = clauses(reader, () => amount(reader, "ADD"));
    else sections.delete = clauses(reader, () => amount(reader, "DELETE"));
  }
  const { set = [], remove = [], add = [], delete: subtract = [] } = sections;
  const paths = [...set.map(({ path }) => path), ...remove, ...[...add, ...subtract].map(({ path }) => path)];
  return { set, remove, add, delete: subtract, touched: joinPaths(paths, reader.refuse) };
}
