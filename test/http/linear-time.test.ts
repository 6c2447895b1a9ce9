/** Reading a body takes time in proportion to its length, whatever it holds: for every field of every route that takes one. */
import type { APIGatewayProxyEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import type { Route } from "../../lambdas/contract/route.ts";
import { read } from "../../lambdas/http/read.ts";
import { Refusal } from "../../lambdas/refusal.ts";
import { bodyOf, type Ids } from "../system/matrix/sample.ts";

/** Octets of the short body's value. The long one's are four times as many, and fit the 64 kB that are read. */
const short = 14_000;
const times = 4;
/** Time that grows with the square of the length grows by 16; the limit is between that and 4, nearer to 16. */
const mostGrowth = 11;
/** CPU milliseconds of the longest body: below, nothing holds a function, whatever its growth. */
const least = 2;

/** A value as JSON of about so many octets. As text, because `JSON.stringify` does not take what is nested deeply. */
type Hostile = (octets: number) => string;
const repeated =
  (part: string, start = "", end = ""): Hostile =>
  (octets) =>
    JSON.stringify(start + part.repeat(octets / (JSON.stringify(part).length - 2 + beyondAscii(part))) + end);
/** Octets that UTF-8 takes beyond one for each unit. */
const beyondAscii = (text: string) => Buffer.byteLength(text) - text.length;
const texts: Readonly<Record<string, Hostile>> = {
  "combining marks": repeated("\u0301\u0316", "a"),
  "marks in the wrong order": repeated("\u0345\u0301\u0323", "か"),
  "voiced kana in two parts": repeated("か\u3099"),
  "half-width voiced kana": repeated("ｶﾞ"),
  "zero-width joiners": repeated("\u200d", "👩", "👩"),
  "zero-width joiners at the end": repeated("\u200d"),
  "fillers at both ends": (octets) => repeated("\u3164")(octets / 2).replace(/"$/, `a${"\u3164".repeat(octets / 6)}"`),
  "blanks and a letter": repeated(" ", "a", "a"),
  "ideographic blanks": repeated("\u3000", "山", "山"),
  "variation selectors": repeated("\u{e0100}", "葛"),
  "lone surrogates": repeated("\ud800"),
  "characters beyond the basic plane": repeated("𠮷"),
  "what becomes eighteen letters": repeated("\ufdfa"),
  "Hangul in parts": repeated("\u1112\u1161\u11ab"),
  digits: repeated("9"),
  "digits and slashes": repeated("9/"),
  "dots and at-signs": repeated(".@"),
  "a mail of many dots": repeated("a.", "a@", "a"),
  "a mail of many labels that ends wrong": repeated("a-", "a@b.", "!"),
  "a local part of many dots": repeated("a.", "", "a@b.jp"),
  "labels that are nearly links": repeated("ab.c"),
  "identifiers that end wrong": repeated("a-", "t0", "!"),
  "commas and line breaks": repeated(",\r\n"),
  "a template's places": repeated("{place}"),
};
const nested =
  (open: string, close: string): Hostile =>
  (octets) => {
    const depth = octets / (open.length + close.length);
    return `${open.repeat(depth)}1${close.repeat(depth)}`;
  };
const listed =
  (one: unknown): Hostile =>
  (octets) => {
    const text = JSON.stringify(one);
    return `[${text}${`,${text}`.repeat(octets / (text.length + 1))}]`;
  };
const structures: Readonly<Record<string, Hostile>> = {
  "lists in lists": nested("[", "]"),
  "objects in objects": nested('{"a":', "}"),
  "a list of texts": listed("x"),
  "a list of lists": listed([]),
  "an object of many fields": (octets) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: octets / 12 }, (_, at) => [`f${at}`, 1]))),
};

type Path = readonly (string | number)[];
type Schema = { readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema };

/** Every place of a body, itself included, the fields that may be left out too. */
function placesOf(
  { properties, items }: Schema,
  at: Path = [],
): readonly { readonly at: Path; readonly list: boolean }[] {
  const below = [
    ...Object.entries(properties ?? {}).flatMap(([name, one]) => placesOf(one, [...at, name])),
    ...(items === undefined ? [] : placesOf(items, [...at, 0])),
  ];
  return [{ at, list: items !== undefined }, ...below];
}

/** The value with another one in that place. */
function withAt(whole: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(whole)) return whole.with(Number(name), withAt(whole[Number(name)], rest, value)) as unknown;
  const fields = (whole ?? {}) as Readonly<Record<string, unknown>>;
  return { ...fields, [name]: withAt(fields[name], rest, value) };
}

const valueAt = (whole: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], whole);

const anything: Ids = new Proxy({}, { get: () => "t0000000000-c000000000000" });
const routes = Object.entries<Route>({ ...adminRoutes, ...downloadRoutes }).filter(
  ([, { body }]) => body !== undefined,
);

/** Milliseconds of a call by the wall's clock, which is never less than its CPU time; the least of some. */
const passed = (work: () => void) =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const before = performance.now();
      work();
      return performance.now() - before;
    }),
  );

/**
 * CPU milliseconds of a call in this thread, to which other programs and the collector's threads add nothing. Systems count
 * them in steps of a millisecond or more, so that many calls are measured together.
 */
function spent(work: () => void): number {
  for (let calls = 1; ; calls *= 2) {
    const before = process.threadCpuUsage();
    for (let done = 0; done < calls; done++) work();
    const { user, system } = process.threadCpuUsage(before);
    if (user + system >= 12_000) return (user + system) / 1000 / calls;
  }
}

/** How a route reads this body: whether it takes it does not matter here, only that a refusal is one of ours. */
function reader(route: Route, body: string): () => void {
  const pathParameters = Object.fromEntries(
    [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, anything[name]]),
  );
  const event = {
    body,
    isBase64Encoded: false,
    pathParameters,
  } as unknown as APIGatewayProxyEvent;
  return () => {
    try {
      read(route, event);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === "bodyTooLarge") throw error;
    }
  };
}

/** How many times longer the long body takes; the least of several looks, for noise only adds. 1 for what takes no time. */
function growth(small: () => void, large: () => void): number {
  if (passed(large) < least) return 1;
  let [ofSmall, ofLarge] = [Infinity, Infinity];
  for (let look = 0; look < 4; look++) {
    [ofSmall, ofLarge] = [Math.min(ofSmall, spent(small)), Math.min(ofLarge, spent(large))];
    if (ofLarge < least || ofLarge / ofSmall < mostGrowth) break;
  }
  return ofLarge < least ? 1 : ofLarge / ofSmall;
}

describe.each(routes)("the time of reading a body of %s", (_, route) => {
  const sample = bodyOf(route, anything);
  const places = placesOf(
    z.toJSONSchema(route.body as z.ZodMiniType, { io: "input", unrepresentable: "any" }) as Schema,
  );

  it.each(places.map(({ at, list }) => [at.join(".") || "the whole", at, list] as const))(
    "grows with its length alone: %s",
    (__, at, list) => {
      const kinds = {
        ...texts,
        ...structures,
        ...(list ? { "copies of what it takes": listed(valueAt(sample, [...at, 0]) ?? "x") } : {}),
      };
      const here = "in this place";
      const around = JSON.stringify(withAt(sample, at, here));
      const slow = Object.entries(kinds).flatMap(([kind, make]) => {
        const [small, large] = [short, times * short].map((octets) =>
          reader(
            route,
            around.replace(JSON.stringify(here), () => make(octets)),
          ),
        );
        const grown = small && large ? growth(small, large) : Infinity;
        return grown < mostGrowth ? [] : [`${kind}: ${grown.toFixed(1)} times for ${times} times the length`];
      });
      expect(slow).toEqual([]);
    },
  );
});
