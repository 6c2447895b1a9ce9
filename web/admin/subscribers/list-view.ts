import { type Asked, askedOf } from "../search/asked.ts";
import { type SortColumn, sortColumns, pageSizes } from "../../../lambdas/contract/lists.ts";

/** Which page of the list, as the API names it. */
export type Position =
  | { readonly at: "first" | "last" }
  | { readonly at: "after" | "before"; readonly cursor: string }
  | { readonly at: "value"; readonly value: string };

/** How the list is looked at. It is the address's search, so that Back, a reload and a link to a colleague show the same. */
export type View = {
  readonly sort: SortColumn;
  readonly descending: boolean;
  readonly size: number;
  readonly position: Position;
  /** The number of the page's first row, where it is known: a jump does not know it. */
  readonly number?: number;
  readonly asked: Asked;
  /** What the address asks for besides, and nobody knows. */
  readonly ignored: readonly string[];
  /** How many rows the pages before have looked at in vain. */
  readonly looked: number;
};

export const sizes = [pageSizes.usual, pageSizes.most] as const;

/** The certificate whose details are open beside the list. */
const detailsOf = "certificate";

/** The names that an address has for what is no condition. */
const own = ["sort", "order", "size", "row", "after", "before", "from", "page", "looked", detailsOf];

/** The view that a search names; what it does not name, or names wrongly, is as in a list that is opened first. */
export function viewOf(search: string): View {
  const given = new URLSearchParams(search);
  const text = (name: string) => given.get(name) ?? undefined;
  const size = Number(text("size"));
  const number = Number(text("row"));
  const position = positionOf(text);
  return {
    sort: sortColumns.find((column) => column === text("sort")) ?? "name",
    descending: text("order") === "desc",
    size: sizes.find((one) => one === size) ?? pageSizes.usual,
    position,
    ...askedOf(given, own),
    looked: Math.max(0, Math.trunc(Number(text("looked") ?? 0)) || 0),
    ...(position.at === "first" ? { number: 1 } : number > 0 && Number.isInteger(number) ? { number } : {}),
  };
}

function positionOf(text: (name: string) => string | undefined): Position {
  for (const at of ["after", "before"] as const) {
    const cursor = text(at);
    if (cursor !== undefined) return { at, cursor };
  }
  const value = text("from");
  if (value !== undefined) return { at: "value", value };
  return { at: text("page") === "last" ? "last" : "first" };
}

/** The search of a view; what is as in a list that is opened first is left out. */
export function searchOf({ sort, descending, size, position, number, asked, looked }: View): string {
  const search = new URLSearchParams({ ...asked });
  if (sort !== "name") search.set("sort", sort);
  if (descending) search.set("order", "desc");
  if (size !== pageSizes.usual) search.set("size", String(size));
  switch (position.at) {
    case "after":
    case "before":
      search.set(position.at, position.cursor);
      break;
    case "value":
      search.set("from", position.value);
      break;
    case "last":
      search.set("page", "last");
      break;
    case "first":
      break;
  }
  if (number !== undefined && position.at !== "first") search.set("row", String(number));
  if (looked > 0 && position.at === "after") search.set("looked", String(looked));
  return search.toString();
}

/** The API's names for a position. */
export function queryOf({ sort, descending, size, position, asked }: View) {
  const page = { ...asked, sort, order: descending ? "desc" : "asc", limit: size } as const;
  switch (position.at) {
    case "first":
      return page;
    case "last":
      return { ...page, back: "1" } as const;
    case "after":
      return { ...page, cursor: position.cursor };
    case "before":
      return { ...page, cursor: position.cursor, back: "1" } as const;
    case "value":
      return { ...page, from: position.value };
  }
}

/** The certificate whose details an address asks for. */
export const openCertificate = (search: string): string | undefined =>
  new URLSearchParams(search).get(detailsOf) ?? undefined;

/** The same search with another certificate's details open, or with none. */
export function withOpenCertificate(search: string, certificateId: string | undefined): string {
  const changed = new URLSearchParams(search);
  if (certificateId === undefined) changed.delete(detailsOf);
  else changed.set(detailsOf, certificateId);
  return changed.toString();
}

/** An address with a search. */
export const addressOf = (path: string, search: string): string => (search === "" ? path : `${path}?${search}`);
