import type { AttributeValue } from "./attribute.ts";
import { invalid } from "./parameters.ts";
import type { Path } from "./path.ts";
import type { ExpressionKind, Placeholders } from "./placeholders.ts";
import { isReserved } from "./reserved.ts";
import type { AwsError } from "../protocol.ts";

const TOKEN = /\s*(?:(#[A-Za-z0-9_]+|:[A-Za-z0-9_]+|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|<>|<=|>=|[=<>()[\].,+-])|(\S))/y;
const MAXIMUM_BYTES = 4096;

/** A reader over one expression: `peek`, `is` and `call` examine the next token, `take`, `accept` and `expect` consume it. */
export type Tokens = {
  readonly kind: ExpressionKind;
  peek(): string | undefined;
  /** Whether the next token is this word or sign (words in any letter case). */
  is(word: string): boolean;
  /** Whether the next tokens are a function's name and its parenthesis. */
  call(): boolean;
  take(): string;
  accept(word: string): boolean;
  expect(word: string): void;
  /** Reads a document path: a.b[0].#c */
  path(): Path;
  /** Reads a :value if one is next. */
  value(): AttributeValue | undefined;
  readonly refuse: (message: string) => AwsError;
  syntax(): AwsError;
};

function split(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) tokens.push(match[1] ?? match[2] ?? "");
  return tokens;
}

/** Opens an expression for reading. */
export function tokens(kind: ExpressionKind, text: string, scope: Placeholders): Tokens {
  const refuse = (message: string): AwsError => invalid(`Invalid ${kind}: ${message}`);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAXIMUM_BYTES) {
    throw refuse(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
  }
  const list = split(text);
  if (list.length === 0) throw refuse("The expression can not be empty;");
  let at = 0;
  const is = (word: string): boolean => list[at]?.toUpperCase() === word;
  function syntax(): AwsError {
    const near = list.slice(Math.max(0, at - 1), at + 2).join(" ");
    return refuse(`Syntax error; token: "${list[at] ?? "<EOF>"}", near: "${near}"`);
  }
  function take(): string {
    const token = list[at];
    if (token === undefined) throw syntax();
    at += 1;
    return token;
  }
  function accept(word: string): boolean {
    if (!is(word)) return false;
    at += 1;
    return true;
  }
  function expect(word: string): void {
    if (!accept(word)) throw syntax();
  }
  function name(): string {
    const token = list[at];
    if (token === undefined || !/^[#A-Za-z_]/.test(token)) throw syntax();
    at += 1;
    if (token.startsWith("#")) return scope.name(token, kind);
    if (isReserved(token)) throw refuse(`Attribute name is a reserved keyword; reserved keyword: ${token}`);
    return token;
  }
  return {
    kind,
    peek: () => list[at],
    is,
    call: () => list[at + 1] === "(" && /^[A-Za-z_]/.test(list[at] ?? ""),
    take,
    accept,
    expect,
    path() {
      const steps: [string, ...(string | number)[]] = [name()];
      for (;;) {
        if (accept(".")) steps.push(name());
        else if (accept("[")) {
          if (!/^[0-9]+$/.test(list[at] ?? "")) throw syntax();
          steps.push(Number(take()));
          expect("]");
        } else return steps;
      }
    },
    value() {
      const token = list[at];
      if (token === undefined || !/^:[A-Za-z0-9_]/.test(token)) return undefined;
      at += 1;
      return scope.value(token, kind);
    },
    refuse,
    syntax,
  };
}
