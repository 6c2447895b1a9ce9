import type { ListKey, ListPage, Lists, PageRequest } from "../certificates/list.ts";
import type { Certificate } from "../certificates/certificate.ts";
import { matches } from "../certificates/search.ts";
import type { Conditions } from "../contract/search.ts";
import { listIndexes, rangeOfValue } from "./certificate-items.ts";
import type { Dynamo } from "./dynamo.ts";
import { inOrder } from "./lanes.ts";
import type { Item } from "./marshalling.ts";
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
    const begun = start.at === "after" || start.at === "before" ? start.cursor : undefined;
    const reading = inOrder(entries, where, {
      sort,
      conditions,
      forward: (order === "asc") !== backward,
      cursor: begun,
      value: start.at === "value" ? rangeOfValue[sort](start.value) : undefined,
      filter: filterOf(conditions),
      step: 2 * limit,
      most: most.entries,
    });
    const found: { readonly place: string; readonly certificate: Certificate }[] = [];
    let waiting: { readonly place: string; readonly item: Item }[] = [];
    let read = 0;
    const settle = async () => {
      const places = new Map(waiting.map(({ place, item }) => [item["pk"], place]));
      const rows = await rowsOf(
        client,
        table,
        waiting.map(({ item }) => item),
      );
      for (const { item, certificate } of rows)
        if (matches(certificate, conditions)) found.push({ place: places.get(item["pk"]) ?? "", certificate });
      read += waiting.length;
      waiting = [];
    };
    /** Where to go on, and how much was looked at up to there. */
    let stopped: { readonly place: string; readonly looked: number } | undefined;
    for await (const { place, item, looked } of reading) {
      if (item !== undefined) waiting.push({ place, item });
      // What was read in vain ends here; what waits is settled before, so that nothing is passed over.
      // The first rows may be a page already; where they are not, full batches cost least.
      if (item === undefined || waiting.length >= (read === 0 ? Math.min(limit + 1, batch) : batch)) await settle();
      if (found.length > limit) break;
      if (waiting.length > 0 || (looked < most.entries && read < most.rows)) continue;
      stopped = { place, looked };
      break;
    }
    await settle();
    const shown = found.slice(0, limit);
    const full = found.length > limit;
    const onward = full ? shown.at(-1)?.place : stopped?.place;
    const back = begun === undefined && start.at !== "value" ? undefined : (shown[0]?.place ?? begun);
    return {
      certificates: (backward ? shown.toReversed() : shown).map(({ certificate }) => certificate),
      previous: backward ? onward : back,
      next: backward ? back : onward,
      ...(full || stopped === undefined ? {} : { looked: stopped.looked }),
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
      const bound = reachOf(index, conditions);
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
