import type { SortColumn } from "../contract/lists.ts";
import type { Conditions } from "../contract/search.ts";
import type { Certificate } from "./certificate.ts";

/** Where a page begins, in the page's own order; a cursor is a row's place in the order. */
export type PageStart =
  | { readonly at: "first" }
  /** The page that ends with the list's last row. */
  | { readonly at: "last" }
  | { readonly at: "after" | "before"; readonly cursor: string }
  /**
   * At the first row with this value or one beyond it: katakana that a family name begins with, letters that a mail
   * begins with, a status, a device, a month `yyyy/mm` of Japan's calendar.
   */
  | { readonly at: "value"; readonly value: string };
export type PageRequest = {
  readonly sort: SortColumn;
  readonly order: "asc" | "desc";
  readonly limit: number;
  readonly start: PageStart;
  /** Shows only what these ask for. */
  readonly conditions?: Conditions | undefined;
};
/** A page in its order; `previous` and `next` are the cursors before and after which there may be others. */
export type ListPage = {
  readonly certificates: readonly Certificate[];
  readonly previous: string | undefined;
  readonly next: string | undefined;
  /** How many rows a search has looked at, where it stopped before its page was full: it goes on at `next`, or `previous` of a page that is read backwards. */
  readonly looked?: number;
};

/** How many rows match; `next` is where to go on counting, undefined at the end. */
export type Counted = { readonly certificates: number; readonly next: string | undefined };

/** The list of an organization's certificates of a service. */
export type ListKey = { readonly tenantId: string; readonly serviceId: string; readonly organizationId: string };

export type Lists = {
  page(list: ListKey, page: PageRequest): Promise<ListPage>;
  /** How many rows a list has; consistent. */
  count(list: ListKey): Promise<number>;
  /** How many rows match, from a cursor of the order of the names on; as far as one request may look. */
  countMatching(list: ListKey, conditions: Conditions, cursor: string | undefined): Promise<Counted>;
};
