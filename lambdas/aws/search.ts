import { asKana, type SearchedFacts } from "../certificates/search.ts";
import type { Conditions, Span } from "../contract/search.ts";
import { kanaSortKey } from "../certificates/collation.ts";
import { beginning, rangeOfValue, type SortRange } from "./certificate-items.ts";
import type { IndexName } from "./list-entries.ts";

/** A filter of DynamoDB's. */
export type Filter = {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
};
/** Ranges of indexes that together hold every certificate of a condition. */
export type Narrowing = readonly { readonly index: IndexName; readonly range: SortRange }[];

const spanned = ({ from, through }: SortRange): SortRange => ({ from, through: `${through}\u{10FFFF}` });

/** By what each condition narrows a list down, the ones that usually leave least first. */
export function narrowings(conditions: Conditions): readonly Narrowing[] {
  const { family, given, mail, requested, issued, ends, statuses, devices } = conditions;
  const kana = asKana(family ?? "");
  const base = kana && kanaSortKey(kana).split("\u0001", 1)[0];
  const all: readonly (Narrowing | undefined)[] = [
    mail === undefined
      ? undefined
      : [
          { index: "primaryEmail", range: beginning(mail) },
          { index: "certificateEmail", range: beginning(mail) },
        ],
    family === undefined
      ? undefined
      : [
          { index: "family", range: beginning(family) },
          ...(base === undefined ? [] : [{ index: "name", range: beginning(base) } as const]),
        ],
    // No index has given names by their kana.
    given === undefined || asKana(given) !== undefined ? undefined : [{ index: "given", range: beginning(given) }],
    issued && [{ index: "issued", range: spanned(issued) }],
    requested && [{ index: "requested", range: spanned(requested) }],
    ends && [{ index: "notAfter", range: spanned(ends) }],
    statuses?.map((status) => ({ index: "status", range: rangeOfValue.status(status) })),
    devices?.map((device) => ({ index: "device", range: rangeOfValue.device(device) })),
  ];
  return all.filter((one) => one !== undefined);
}

/** The part of an order that can hold what is searched for: all of it, where no condition says more. */
export function reachOf(index: IndexName, conditions: Conditions): SortRange | undefined {
  const own = narrowings(conditions).find((ranges) => ranges.every((one) => one.index === index));
  if (own === undefined) return undefined;
  const [from = ""] = own.map(({ range }) => range.from).toSorted();
  const through =
    own
      .map(({ range }) => range.through)
      .toSorted()
      .at(-1) ?? "";
  return { from, through };
}

/** What the indexes themselves can decide of the conditions, of what never changes; undefined where that is nothing. */
export function filterOf(conditions: Conditions): Filter | undefined {
  const { family, given, mail, requested, ends, devices } = conditions;
  const names: Record<string, string> = { "#facts": "facts" };
  const values: Record<string, string> = {};
  const fact = (name: keyof SearchedFacts) => {
    names[`#${name}`] = name;
    return `#facts.#${name}`;
  };
  const value = (name: string, text: string) => {
    values[`:${name}`] = text;
    return `:${name}`;
  };
  const begins = (name: keyof SearchedFacts, word: string) => `begins_with(${fact(name)}, ${value(name, word)})`;
  const inEither = (name: "family" | "given", word: string) => {
    const kana = asKana(word);
    return kana === undefined ? begins(name, word) : `(${begins(name, word)} OR ${begins(`${name}Kana`, kana)})`;
  };
  const between = (name: "requestedAt" | "notAfter", { from, through }: Span) =>
    `${fact(name)} BETWEEN ${value(`${name}From`, from)} AND ${value(`${name}Through`, through)}`;
  const parts = [
    family === undefined ? [] : inEither("family", family),
    given === undefined ? [] : inEither("given", given),
    mail === undefined ? [] : `(${begins("mail", mail)} OR ${begins("certificateMail", mail)})`,
    requested === undefined ? [] : between("requestedAt", requested),
    ends === undefined ? [] : between("notAfter", ends),
    devices === undefined
      ? []
      : `${fact("device")} IN (${devices.map((code, at) => value(`device${at}`, code)).join(", ")})`,
  ].flat();
  return parts.length === 0 ? undefined : { expression: parts.join(" AND "), names, values };
}
