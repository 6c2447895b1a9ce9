import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodb } from "../../../lib/local/aws/dynamodb/dynamodb.ts";
import { AwsError, type Json, type JsonService } from "../../../lib/local/aws/protocol.ts";
import { THINGS } from "./tables.ts";

// A model of the table things in plain JavaScript: numbers small enough to be exact, strings in ASCII.
type Thing = {
  pk: string;
  sk: string;
  list?: string;
  weight?: number;
  note?: string;
  n?: number;
  deep?: { n: number };
};
type Test = { readonly text: string; readonly holds: (thing: Partial<Thing>) => boolean };
type Change = { readonly text: string; readonly apply: (thing: Thing) => Thing };

const wire = (thing: object): Json =>
  Object.fromEntries<unknown>(
    Object.entries(thing).map(([name, value]: [string, unknown]): [string, unknown] => {
      if (typeof value === "number") return [name, { N: String(value) }];
      return [name, typeof value === "string" ? { S: value } : { M: wire(value as object) }];
    }),
  );

const small = fc.integer({ min: -9, max: 9 });
const word = fc.constantFrom("a", "ab", "abc", "b", "ba");
const optional = { requiredKeys: ["pk", "sk"] } as const;
const key = { pk: fc.constantFrom("p", "q"), sk: word };
const thing = fc.record(
  { ...key, list: fc.constantFrom("l", "m"), weight: small, note: word, n: small, deep: fc.record({ n: small }) },
  { requiredKeys: [...optional.requiredKeys] },
) as fc.Arbitrary<Thing>;

const values = {
  ...Object.fromEntries(Array.from({ length: 19 }, (_, at) => [`:n${at}`, { N: String(at - 9) }])),
  ...Object.fromEntries(["a", "ab", "abc", "b", "ba"].map((each) => [`:${each}`, { S: each }])),
};
const numberName = (n: number): string => `:n${n + 9}`;
const usedValues = (...texts: readonly (string | undefined)[]): Json => {
  const used = Object.entries(values).filter(([name]) =>
    texts.some((text) => text !== undefined && new RegExp(`${name}(?![A-Za-z0-9_])`).test(text)),
  );
  return used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) };
};

const compared = {
  "=": (a: number, b: number) => a === b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
};

const leaf: fc.Arbitrary<Test> = fc.oneof(
  fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), small).map(([sign, n]) => ({
    text: `n ${sign} ${numberName(n)}`,
    holds: (each: Partial<Thing>) => each.n !== undefined && compared[sign as "="](each.n, n),
  })),
  small.map((n) => ({ text: `n <> ${numberName(n)}`, holds: (each: Partial<Thing>) => each.n !== n })),
  fc.tuple(small, small).map(([a, b]) => ({
    text: `deep.n BETWEEN ${numberName(Math.min(a, b))} AND ${numberName(Math.max(a, b))}`,
    holds: ({ deep }: Partial<Thing>) => deep !== undefined && deep.n >= Math.min(a, b) && deep.n <= Math.max(a, b),
  })),
  fc.tuple(word, word).map(([a, b]) => ({
    text: `note IN (:${a}, :${b})`,
    holds: ({ note }: Partial<Thing>) => note === a || note === b,
  })),
  word.map((prefix) => ({
    text: `begins_with(note, :${prefix})`,
    holds: ({ note }: Partial<Thing>) => note?.startsWith(prefix) === true,
  })),
  word.map((part) => ({
    text: `contains(note, :${part})`,
    holds: ({ note }: Partial<Thing>) => note?.includes(part) === true,
  })),
  small.map((n) => ({
    text: `size(note) > ${numberName(n)}`,
    holds: ({ note }: Partial<Thing>) => note !== undefined && note.length > n,
  })),
  fc.constantFrom("weight", "note", "deep").map((name) => ({
    text: `attribute_exists(${name})`,
    holds: (each: Partial<Thing>) => each[name as "note"] !== undefined,
  })),
);
const { test } = fc.letrec<{ test: Test }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie("test").map(({ text, holds }) => ({ text: `NOT (${text})`, holds: (each: Partial<Thing>) => !holds(each) })),
    fc.tuple(tie("test"), tie("test"), fc.boolean()).map(([left, right, and]) => ({
      // A parenthesis around each side, so that the text and the model agree about precedence.
      text: `(${left.text}) ${and ? "AND" : "OR"} (${right.text})`,
      holds: (each: Partial<Thing>) =>
        and ? left.holds(each) && right.holds(each) : left.holds(each) || right.holds(each),
    })),
  ),
}));

const change: fc.Arbitrary<Change> = fc.oneof(
  small.map((n) => ({ text: `SET weight = ${numberName(n)}`, apply: (each: Thing) => ({ ...each, weight: n }) })),
  small.map((n) => ({ text: `ADD n ${numberName(n)}`, apply: (each: Thing) => ({ ...each, n: (each.n ?? 0) + n }) })),
  small.map((n) => ({
    text: `SET n = if_not_exists(n, ${numberName(n)}) - ${numberName(n)}, note = if_not_exists(note, :a)`,
    apply: (each: Thing) => ({ ...each, n: (each.n ?? n) - n, note: each.note ?? "a" }),
  })),
  word.map((each) => ({
    text: `SET note = :${each} REMOVE #l, deep`,
    apply: ({ list: _, deep: __, ...rest }: Thing) => ({ ...rest, note: each }),
  })),
);

type Step =
  | { readonly kind: "put"; readonly thing: Thing; readonly test: Test | undefined }
  | {
      readonly kind: "update";
      readonly pk: string;
      readonly sk: string;
      readonly change: Change;
      readonly test: Test | undefined;
    }
  | { readonly kind: "delete"; readonly pk: string; readonly sk: string; readonly test: Test | undefined };
const perhaps = fc.option(test, { nil: undefined });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("put" as const), thing, test: perhaps }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("update" as const), ...key, change, test: perhaps }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), ...key, test: perhaps }) },
);

let service: JsonService;
let round = 0;
beforeAll(() => {
  service = dynamodb({ file: ":memory:" });
});
afterAll(() => service.close());

const call = async (operation: string, input: Json): Promise<Json> =>
  (await service.operations[operation]?.(
    JSON.parse(JSON.stringify(input)) as Json,
    () => undefined,
    new AbortController().signal,
  )) ?? {};

/** Does one step on the service; whether its condition held. */
async function done(table: string, each: Step): Promise<boolean> {
  const update = each.kind === "update" ? each.change.text : undefined;
  const input = {
    TableName: table,
    ...(each.kind === "put" ? { Item: wire(each.thing) } : { Key: wire({ pk: each.pk, sk: each.sk }) }),
    ...(update !== undefined && { UpdateExpression: update }),
    ...(each.test !== undefined && { ConditionExpression: each.test.text }),
    ...(update?.includes("#l") === true && { ExpressionAttributeNames: { "#l": "list" } }),
    ...usedValues(update, each.test?.text),
  };
  const operation = { put: "PutItem", update: "UpdateItem", delete: "DeleteItem" }[each.kind];
  try {
    await call(operation, input);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

function stepModel(model: Map<string, Thing>, each: Step): boolean {
  const { pk, sk } = each.kind === "put" ? each.thing : each;
  const before = model.get(`${pk} ${sk}`);
  if (each.test !== undefined && !each.test.holds(before ?? {})) return false;
  if (each.kind === "put") model.set(`${pk} ${sk}`, each.thing);
  else if (each.kind === "delete") model.delete(`${pk} ${sk}`);
  else model.set(`${pk} ${sk}`, each.change.apply(before ?? { pk, sk }));
  return true;
}

async function queryAll(input: Json): Promise<unknown[]> {
  const all: unknown[] = [];
  let start: Json = {};
  for (;;) {
    const { Items, LastEvaluatedKey } = await call("Query", { ...input, ...start });
    all.push(...(Items as unknown[]));
    if (LastEvaluatedKey === undefined) return all;
    start = { ExclusiveStartKey: LastEvaluatedKey };
  }
}

const by =
  (...parts: readonly ((each: Thing) => string | number)[]) =>
  (a: Thing, b: Thing): number => {
    for (const part of parts) {
      if (part(a) !== part(b)) return part(a) < part(b) ? -1 : 1;
    }
    return 0;
  };

describe("any sequence of writes", () => {
  it("leaves the table and its indexes as the model has them", { timeout: 60_000 }, async () => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      perhaps,
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      async (steps, filter, Limit, forward) => {
        const TableName = `things-${(round += 1)}`;
        await call("CreateTable", { ...THINGS, TableName });
        const model = new Map<string, Thing>();
        for (const each of steps) expect(await done(TableName, each)).toBe(stepModel(model, each));

        const expected = (things: Thing[]): Json[] => (forward ? things : things.toReversed()).map(wire);
        const common = { TableName, Limit, ScanIndexForward: forward };
        const kept = [...model.values()];
        const inP = kept.filter(({ pk }) => pk === "p").toSorted(by(({ sk }) => sk));
        const query = {
          ...common,
          KeyConditionExpression: "pk = :p AND sk >= :ab",
          ...(filter !== undefined && { FilterExpression: filter.text }),
          ExpressionAttributeValues: {
            ...(usedValues(filter?.text)["ExpressionAttributeValues"] as Json | undefined),
            ":p": { S: "p" },
            ":ab": { S: "ab" },
          },
        };
        expect(await queryAll(query)).toEqual(
          expected(inP.filter((each) => each.sk >= "ab" && (filter === undefined || filter.holds(each)))),
        );

        const inL = kept.filter(({ list, weight }) => list === "l" && weight !== undefined);
        const index = {
          ...common,
          IndexName: "byWeight",
          KeyConditionExpression: "#l = :l",
          ExpressionAttributeNames: { "#l": "list" },
          ExpressionAttributeValues: { ":l": { S: "l" } },
        };
        const ordered = by(
          ({ weight = 0 }) => weight,
          ({ pk }) => pk,
          ({ sk }) => sk,
        );
        expect(await queryAll(index)).toEqual(expected(inL.toSorted(ordered)));
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });
});
