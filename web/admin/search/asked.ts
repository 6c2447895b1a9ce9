import * as z from "zod/mini";
import { addJstMonths, jstDate, startOfJstDay } from "../../../lambdas/contract/jst.ts";
import { faultOf } from "../../../lambdas/contract/text.ts";
import type { FieldRule } from "../../../lambdas/contract/rules.ts";
import { type SearchField, searchFieldNames, searchFields, spansInOrder } from "../../../lambdas/contract/search.ts";

/** What a list is searched by, as typed, under the names that an address and the API have for it. Nothing empty. */
export type Asked = Readonly<Partial<Record<SearchField, string>>>;

const shape = z.object(searchFields).check(spansInOrder);

/** What is wrong with what was typed, by field. */
export function mistakesIn(asked: Asked): Readonly<Partial<Record<SearchField, FieldRule>>> {
  const issues = shape.safeParse(asked).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [String(issue.path[0]), faultOf(issue).code]));
}

export const withoutEmpty = (asked: Asked): Asked =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value.trim() === "" ? [] : [[name, value.trim()]])),
  );

/** The conditions that an address names, and those names of it that are of no kind, or whose values cannot be. */
export function askedOf(
  given: URLSearchParams,
  known: readonly string[],
): { asked: Asked; ignored: readonly string[] } {
  const all = withoutEmpty(
    Object.fromEntries(searchFieldNames.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? ""]] : []))),
  );
  const wrong = mistakesIn(all);
  const unknown = [...given.keys()].filter(
    (name) => !known.includes(name) && !searchFieldNames.some((one) => one === name),
  );
  return {
    asked: Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(wrong, name))),
    ignored: [...unknown, ...Object.keys(wrong)],
  };
}

export const isAsked = (asked: Asked): boolean => Object.keys(asked).length > 0;

/** Ready-made searches: what many ask for every month. */
export const readySearches = {
  /** Live certificates that end in the next calendar month of Japan. */
  endsNextMonth: (now: Date): Asked => {
    const [year = "", month = ""] = jstDate(addJstMonths(now, 1).toISOString()).split("/");
    const first = new Date(`${year}-${month}-01T00:00:00+09:00`);
    const last = startOfJstDay(new Date(addJstMonths(first, 1).getTime() - 1));
    return {
      endsFrom: jstDate(first.toISOString()),
      endsTo: jstDate(last.toISOString()),
      status: "issued,downloaded",
    };
  },
  notDownloaded: (): Asked => ({ status: "issued" }),
  failed: (): Asked => ({ status: "failed" }),
} as const satisfies Record<string, (now: Date) => Asked>;
export type ReadySearch = keyof typeof readySearches;
export const readySearchNames = Object.keys(readySearches) as readonly ReadySearch[];
