import * as z from "zod/mini";
import { auditFilter } from "../../../lambdas/contract/audit.ts";
import { faultOf } from "../../../lambdas/contract/text.ts";
import type { FieldRule } from "../../../lambdas/contract/rules.ts";

export type FilterField = keyof typeof auditFilter;
/** What lines are asked for, as typed. Nothing empty. */
export type Filter = Readonly<Partial<Record<FilterField, string>>>;

const names = Object.keys(auditFilter) as readonly FilterField[];
const shape = z.object(auditFilter);

/** What is wrong with what was typed, by field. */
export const mistakesIn = (filter: Filter): Readonly<Partial<Record<FilterField, FieldRule>>> =>
  Object.fromEntries(
    (shape.safeParse(filter).error?.issues ?? []).map((issue) => [String(issue.path[0]), faultOf(issue).code]),
  );

export const withoutEmpty = (filter: Filter): Filter =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value.trim() === "" ? [] : [[name, value.trim()]])),
  );

/** What an address asks for; what cannot be is left out. */
export function filterOf(search: string): Filter {
  const given = new URLSearchParams(search);
  const all = withoutEmpty(Object.fromEntries(names.map((name) => [name, given.get(name) ?? ""])));
  const wrong = mistakesIn(all);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(wrong, name)));
}

/** The search of an address, with its `?`; empty where nothing is asked for. */
export function searchOf(filter: Filter): string {
  const search = new URLSearchParams(filter).toString();
  return search === "" ? "" : `?${search}`;
}
