import type { ListKey, Lists, PageRequest } from "../certificates/list.ts";
import { listIndexes, rangeOfValue, type SortRange } from "./certificate-items.ts";
import type { Dynamo } from "./dynamo.ts";
import { listCount } from "./list-counts.ts";
import { type Bound, listEntries, rowsOf } from "./list-entries.ts";
import type { Item } from "./marshalling.ts";
import { searches } from "./searches.ts";

/** The rows at or beyond a value in the page's order, and those before it. */
const boundsOf = ({ from, through }: SortRange, ascending: boolean): readonly [onward: Bound, before: Bound] =>
  ascending
    ? [
        { condition: ">=", value: from },
        { condition: "<", value: from },
      ]
    : [
        { condition: "<=", value: through },
        { condition: ">", value: through },
      ];

/** Pages of the lists, read from an index per order, and the lists' counts. Each page costs the same wherever it is in the list. */
export function lists(client: Dynamo, table: string): Lists {
  const entries = listEntries(client, table);
  const { search, countMatching } = searches(client, table);

  /** The index entries of a page in its order, and whether there are others before and after. */
  const entriesOf = async (where: ListKey, { sort, order, limit, start }: PageRequest) => {
    const ascending = order === "asc";
    const backward = start.at === "last" || start.at === "before";
    const cursor = start.at === "after" || start.at === "before" ? start.cursor : undefined;
    const [onward, earlier] =
      start.at === "value" ? boundsOf(rangeOfValue[sort](start.value), ascending) : [undefined, undefined];
    const [{ items: read }, skipped] = await Promise.all([
      entries(where, sort, { forward: ascending !== backward, limit: limit + 1, cursor, bound: onward }),
      earlier ? entries(where, sort, { forward: !ascending, limit: 1, bound: earlier }) : { items: [] },
    ]);
    const shown = read.slice(0, limit);
    const more = read.length > limit;
    return backward
      ? { shown: shown.toReversed(), before: more, after: start.at === "before" }
      : { shown, before: start.at === "after" || skipped.items.length > 0, after: more };
  };

  return {
    page: async (where, { conditions, ...page }) => {
      if (conditions !== undefined) return search(where, page, conditions);
      const { shown, before, after } = await entriesOf(where, page);
      const rows = await rowsOf(client, table, shown);
      const cursorOf = (item: Item | undefined) => item?.[listIndexes[page.sort].attribute] as string | undefined;
      return {
        certificates: rows.map(({ certificate }) => certificate),
        previous: before ? cursorOf(shown[0]) : undefined,
        next: after ? cursorOf(shown.at(-1)) : undefined,
      };
    },
    count: listCount(client, table),
    countMatching,
  };
}
