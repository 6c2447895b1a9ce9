import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attribute, attributeOf, attributesOf, recordOf, valueOf } from "../../../lambdas/aws/wire/attribute.ts";

/** Records of every kind of value that is stored; -0, which DynamoDB does not know, is no such. */
const recordsOf = (names: fc.Arbitrary<string>) =>
  fc.letrec<{ value: unknown; record: Record<string, unknown> }>((tie) => ({
    record: fc.dictionary(names, tie("value"), { maxKeys: 6 }),
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.maxSafeInteger(),
      fc
        .double({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, noNaN: true })
        .map((number) => (number === 0 ? 0 : number)),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array(),
      fc.array(tie("value"), { maxLength: 4 }),
      tie("record"),
    ),
  })).record;
/** The SDK loses attributes that are named like a part of JavaScript's objects. */
const plainNames = fc.string({ minLength: 1 }).filter((name) => !(name in {}));

/** As it is on the wire, where octets are base64. */
const written = (item: object): unknown =>
  JSON.parse(
    JSON.stringify(item, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    ),
  );

describe("attributesOf", () => {
  it("writes what the SDK writes", () => {
    fc.assert(
      fc.property(recordsOf(plainNames), (record) => {
        const marshalled = written(marshall(record, { removeUndefinedValues: true }));
        expect(JSON.parse(JSON.stringify(attributesOf(record)))).toEqual(marshalled);
      }),
    );
  });

  it("leaves out what is undefined, at every depth", () => {
    const record = { kept: { inner: 1, gone: undefined }, gone: undefined };
    expect(attributesOf(record)).toEqual({ kept: { M: { inner: { N: "1" } } } });
    expect(Object.keys(attributesOf(record))).toEqual(["kept"]);
  });

  it("writes the octets of a view alone, not of what lies under it", () => {
    expect(attributeOf(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toEqual({ B: "AgM=" });
    expect(attributeOf(Buffer.from("ab"))).toEqual({ B: "YWI=" });
  });

  class Named {
    readonly name = "a";
  }
  it.each<[unknown, string]>([
    [new Set(["a"]), "Set"],
    [new Map([["a", 1]]), "Map"],
    [new Date(0), "Date"],
    [new Uint16Array(1), "Uint16Array"],
    [new Named(), "Named"],
    [() => 1, "function"],
    [Symbol("a"), "symbol"],
    [10n, "bigint"],
    [[undefined], "undefined"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [2 ** 53, "9007199254740992"],
    [-(2 ** 53), "-9007199254740992"],
  ])("refuses %o by its kind", (value, kind) => {
    expect(() => attributesOf({ name: { inner: value } })).toThrow(TypeError);
    expect(() => attributesOf({ name: { inner: value } })).toThrow(kind);
  });
});

describe("recordOf", () => {
  it("gives back what was written, whatever its names", () => {
    const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toJSON"));
    fc.assert(
      fc.property(recordsOf(names), (record) => {
        const sent = JSON.parse(JSON.stringify(attributesOf(record))) as ReturnType<typeof attributesOf>;
        const back = recordOf(sent);
        expect(back).toEqual(record);
        expect(Object.keys(back)).toEqual(Object.keys(record));
      }),
    );
  });

  it("reads what the SDK reads", () => {
    fc.assert(
      fc.property(recordsOf(plainNames), (record) => {
        const marshalled = marshall(record, { removeUndefinedValues: true });
        expect(recordOf(written(marshalled) as ReturnType<typeof attributesOf>)).toEqual(unmarshall(marshalled));
      }),
    );
  });

  it("refuses a set, which nothing here stores", () => {
    expect(() => valueOf({ SS: ["a"] } as unknown as Attribute)).toThrow(/type SS/);
  });
});
