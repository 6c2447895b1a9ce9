import type { ListKey, ListPage, Lists, PageRequest } from "../certificates/list.ts";
import { matches } from "../certificates/search.ts";
import type { Conditions } from "../contract/search.ts";
import { listIndexes, rangeOfValue, type SortRange } from "./certificate-items.ts";
import type { Dynamo } from "./dynamo.ts";
import { type IndexName, listEntries, type Row, rowsOf } from "./list-entries.ts";
import { filterOf, narrowings, reachOf } from "./search.ts";

/** So many entries of an index are few: they are read whole, whatever the order of the page. */
const few = 200;
/** So much is looked at for one answer: about 10 MB of an index, and as many rows as some 20 batches hold. */
const most = { entries: 20_000, rows: 2000 };
/** Rows are read in full batches (BatchGetItem takes 100 keys). */
const batch = 100;

type Search = Omit<PageRequest, "conditions">;

/**
 * Searches in a list. What a condition narrows down to few rows is read by the index of that condition, and sorted here;
 * where all conditions leave many, the page's own order is read through, and soon has a page of them.
 */
export function searches(client: Dynamo, table: string) {
  const entries = listEntries(client, table);

  /** All rows that match, where some condition leaves only few. */
  async function whole(where: ListKey, conditions: Conditions): Promise<readonly Row[] | undefined> {
    const filter = filterOf(conditions);
    for (const narrowing of narrowings(conditions)) {
      const found = [];
      let left = few;
      for (const { index, range } of narrowing) {
        const read = await entries(where, index, { forward: true, limit: left, bound: range, filter });
        left = read.last === undefined ? left - read.looked : 0;
        found.push(...read.items);
        if (left <= 0) break;
      }
      if (left <= 0) continue;
      const distinct = [...new Map(found.map((item) => [item["pk"], item])).values()];
      return (await rowsOf(client, table, distinct)).filter(({ certificate }) => matches(certificate, conditions));
    }
    return undefined;
  }

  /** Reads through the page's order until the page is full, nothing is left, or enough was looked at. */
  async function through(
    where: ListKey,
    { sort, order, limit, start }: Search,
    conditions: Conditions,
  ): Promise<ListPage> {
    const backward = start.at === "last" || start.at === "before";
    const forward = (order === "asc") !== backward;
    const placeOf = ({ item }: Pick<Row, "item">) => String(item[listIndexes[sort].attribute]);
    const bound = reach(sort, conditions, start.at === "value" ? rangeOfValue[sort](start.value) : undefined, forward);
    const filter = filterOf(conditions);
    const begun = start.at === "after" || start.at === "before" ? start.cursor : undefined;
    const found: Row[] = [];
    let [looked, read, step] = [0, 0, 2 * limit];
    let at: string | undefined = begun;
    for (;;) {
      const chunk = await entries(where, sort, { forward, limit: step, cursor: at, bound, filter });
      looked += chunk.looked;
      at = chunk.last;
      for (let from = 0; from < chunk.items.length && found.length <= limit; from += batch) {
        const some = chunk.items.slice(from, from + batch);
        found.push(
          ...(await rowsOf(client, table, some)).filter(({ certificate }) => matches(certificate, conditions)),
        );
        read += some.length;
        const last = some.at(-1);
        if (read >= most.rows && last !== undefined && from + batch < chunk.items.length) {
          at = placeOf({ item: last });
          looked -= chunk.items.length - from - some.length;
          break;
        }
      }
      if (found.length > limit || at === undefined || looked >= most.entries || read >= most.rows) break;
      step = Math.min(4 * step, most.entries);
    }
    const shown = found.slice(0, limit);
    const full = found.length > limit;
    const onward = full ? shown.map(placeOf).at(-1) : at;
    const back = begun === undefined && start.at !== "value" ? undefined : (shown.map(placeOf)[0] ?? begun);
    return {
      certificates: (backward ? shown.toReversed() : shown).map(({ certificate }) => certificate),
      previous: backward ? onward : back,
      next: backward ? back : onward,
      ...(full || onward === undefined ? {} : { looked }),
    };
  }

  return {
    search: async (where: ListKey, page: Search, conditions: Conditions): Promise<ListPage> => {
      const all = await whole(where, conditions);
      return all === undefined ? through(where, page, conditions) : pageOfAll(all, page);
    },
    countMatching: (async (where, conditions, cursor) => {
      const all = cursor === undefined ? await whole(where, conditions) : undefined;
      if (all !== undefined) return { certificates: all.length, next: undefined };
      const index: IndexName = conditions.statuses ? "status" : conditions.issued ? "issued" : "name";
      // What the index is sorted by it decides itself; the rest of what changes stands in the rows.
      const ofRows = conditions.statuses !== undefined && conditions.issued !== undefined;
      const filter = filterOf(conditions);
      const bound = reach(index, conditions, undefined, true);
      let [certificates, looked, read, at] = [0, 0, 0, cursor];
      do {
        const limit = ofRows ? batch : most.entries;
        const chunk = await entries(where, index, {
          forward: true,
          limit,
          cursor: at,
          bound,
          filter,
          countOnly: !ofRows,
        });
        const rows = await rowsOf(client, table, chunk.items);
        certificates += ofRows
          ? rows.filter(({ certificate }) => matches(certificate, conditions)).length
          : chunk.count;
        looked += chunk.looked;
        read += rows.length;
        at = chunk.last;
      } while (at !== undefined && looked < most.entries && read < most.rows);
      return { certificates, next: at };
    }) satisfies Lists["countMatching"],
  };
}

/** The part of an order that a search reads: where its conditions can be met, from a value on. */
function reach(
  index: IndexName,
  conditions: Conditions,
  from: SortRange | undefined,
  forward: boolean,
): SortRange | undefined {
  const own = reachOf(index, conditions);
  if (from === undefined) return own;
  const all = own ?? { from: "\u0000", through: "\u{10FFFF}" };
  return forward
    ? { ...all, from: from.from > all.from ? from.from : all.from }
    : { ...all, through: from.through < all.through ? from.through : all.through };
}

/** A page of rows that are all here. */
function pageOfAll(all: readonly Row[], { sort, order, limit, start }: Search): ListPage {
  const sign = order === "asc" ? 1 : -1;
  const compare = (one: string, other: string) => (one < other ? -sign : one > other ? sign : 0);
  const rows = all
    .map(({ item, certificate }) => ({ place: String(item[listIndexes[sort].attribute]), certificate }))
    .toSorted((one, other) => compare(one.place, other.place));
  const beyond = (holds: (place: string) => boolean) => {
    const at = rows.findIndex(({ place }) => holds(place));
    return at < 0 ? rows.length : at;
  };
  const [first, end] = placesOf();
  const shown = rows.slice(first, end);
  return {
    certificates: shown.map(({ certificate }) => certificate),
    previous: first > 0 ? (shown[0]?.place ?? rows.at(-1)?.place) : undefined,
    next: end < rows.length ? shown.at(-1)?.place : undefined,
  };

  /** Where the page begins, and the place behind its end. */
  function placesOf(): readonly [number, number] {
    const from = (place: number) => [place, Math.min(rows.length, place + limit)] as const;
    const upTo = (place: number) => [Math.max(0, place - limit), place] as const;
    switch (start.at) {
      case "first":
        return from(0);
      case "last":
        return upTo(rows.length);
      case "after":
        return from(beyond((place) => compare(place, start.cursor) > 0));
      case "before":
        return upTo(beyond((place) => compare(place, start.cursor) >= 0));
      case "value": {
        const range = rangeOfValue[sort](start.value);
        return from(beyond((place) => compare(place, order === "asc" ? range.from : range.through) >= 0));
      }
    }
  }
}
