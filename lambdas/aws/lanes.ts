import type { ListKey } from "../certificates/list.ts";
import type { SortColumn } from "../contract/lists.ts";
import type { Conditions } from "../contract/search.ts";
import { rangeOfValue, searchIndexes, type SortRange } from "./certificate-items.ts";
import type { IndexName, listEntries } from "./list-entries.ts";
import type { Item } from "./marshalling.ts";
import { type Filter, reachOf } from "./search.ts";

/** A part of an index whose entries are in the order of a page: the page's own index, or a part of another that is sorted alike. */
type Lane = { readonly index: IndexName; readonly prefix: string; readonly range: SortRange | undefined };

const all: SortRange = { from: "\u0000", through: "\u{10FFFF}" };

/**
 * The lanes that together hold all that is searched for in this order. By name, the rows of a status and of a device lie
 * together in the order of the names, so that nothing else is read.
 */
function lanesOf(sort: SortColumn, conditions: Conditions): readonly Lane[] {
  const { statuses, devices } = conditions;
  const within = (index: "status" | "device", values: readonly string[]) =>
    values.map((value): Lane => {
      const prefix = rangeOfValue[index](value).from;
      return { index, prefix, range: { from: `${prefix}${all.from}`, through: `${prefix}${all.through}` } };
    });
  if (sort === "name" && statuses !== undefined) return within("status", statuses);
  if (sort === "name" && devices !== undefined) return within("device", devices);
  return [{ index: sort, prefix: "", range: reachOf(sort, conditions) }];
}

/** The part of a lane at and beyond a value in the direction of reading. */
function from({ prefix, range }: Lane, value: SortRange | undefined, forward: boolean): SortRange | undefined {
  if (value === undefined) return range;
  const { from: first, through: last } = range ?? all;
  const [begin, end] = [`${prefix}${value.from}`, `${prefix}${value.through}`];
  return forward
    ? { from: begin > first ? begin : first, through: last }
    : { from: first, through: end < last ? end : last };
}

/** What was found of an order so far: the next entry, or up to where everything was looked at in vain. */
export type Found = { readonly place: string; readonly item?: Item; readonly looked: number };

/** Entries that match the filter, in the order of a page; from time to time how far it has looked. Ends with the list. */
export async function* inOrder(
  entries: ReturnType<typeof listEntries>,
  where: ListKey,
  asked: {
    readonly sort: SortColumn;
    readonly conditions: Conditions;
    readonly forward: boolean;
    readonly cursor: string | undefined;
    readonly value: SortRange | undefined;
    readonly filter: Filter | undefined;
    /** Entries that are read of a lane for the first time. */
    readonly step: number;
    readonly most: number;
  },
): AsyncGenerator<Found> {
  const { forward, cursor, value, filter } = asked;
  const lanes = lanesOf(asked.sort, asked.conditions).map((lane) => ({
    ...lane,
    bound: from(lane, value, forward),
    /** How far it was read; undefined before anything was, and where nothing is left. */
    at: cursor === undefined ? undefined : `${lane.prefix}${cursor}`,
    left: true,
    read: [] as Item[],
    step: asked.step,
  }));
  type Reading = (typeof lanes)[number];
  const placeIn = ({ index, prefix }: Reading, item: Item) =>
    String(item[searchIndexes[index].attribute]).slice(prefix.length);
  /** The place of the lane's next entry, or the place behind which it was not read yet. */
  const front = (lane: Reading): string | undefined => {
    const [next] = lane.read;
    return next === undefined ? lane.at?.slice(lane.prefix.length) : placeIn(lane, next);
  };
  const before = (one: string | undefined, other: string | undefined) =>
    one === undefined || (other !== undefined && (forward ? one < other : one > other));
  let looked = 0;
  /** Without what was read and not given yet. */
  const passed = () => lanes.reduce((sum, { read }) => sum - read.length, looked);
  for (;;) {
    const open = lanes.filter(({ left, read }) => left || read.length > 0);
    const [first, ...others] = open;
    if (first === undefined) return;
    const lane = others.reduce((least, one) => (before(front(one), front(least)) ? one : least), first);
    const next = lane.read.shift();
    if (next !== undefined) {
      yield { place: placeIn(lane, next), item: next, looked: passed() };
      continue;
    }
    const place = front(lane);
    if (place !== undefined) yield { place, looked: passed() };
    const page = await entries(where, lane.index, {
      forward,
      limit: lane.step,
      cursor: lane.at,
      bound: lane.bound,
      filter,
    });
    looked += page.looked;
    lane.read = [...page.items];
    lane.at = page.last;
    lane.left = page.last !== undefined;
    lane.step = Math.min(4 * lane.step, asked.most);
  }
}
