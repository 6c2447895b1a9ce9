import type { Certificate } from "../certificates/certificate.ts";
import type { ListKey, Lists, PageRequest } from "../certificates/list.ts";
import type { SortColumn } from "../contract/lists.ts";
import type { Write } from "../transaction/write.ts";
import { certificateOf, listIndexes, listOf, rangeOfValue, type SortRange } from "./certificate-items.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { getMany } from "./items.ts";
import { certificateKey, countKey } from "./keys.ts";
import type { Item } from "./marshalling.ts";

/** As many as the rows of a file that are registered side by side, so that they rarely collide in one of them. */
const countShards = Array.from({ length: 64 }, (_, shard) => shard);

/** Rows of a file that are under way together are neighbours in it; what is registered alone is spread by its id. */
const countShardOf = ({ importRow, certificateId }: Certificate): number =>
  (importRow?.row ?? certificateId.codePointAt(certificateId.length - 1) ?? 0) % countShards.length;

/** Counts these rows of one list in the transaction that adds them. None for administrators' certificates, which no list shows. */
export function countWrites(table: string, certificates: readonly Certificate[]): readonly Write[] {
  const listed = Map.groupBy(
    certificates.filter(({ holder }) => holder.kind === "subscriber"),
    ({ tenantId, holder }) => (holder.kind === "subscriber" ? listOf({ tenantId, ...holder }) : ""),
  );
  return [...listed].flatMap(([list, [first, ...others]]) =>
    first === undefined
      ? []
      : [
          write({
            Update: {
              TableName: table,
              Key: countKey(list, countShardOf(first)),
              UpdateExpression: "ADD certificates :more",
              ExpressionAttributeValues: { ":more": 1 + others.length },
            },
          }),
        ],
  );
}

type Bound = { readonly condition: string; readonly value: string };

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
  const query = async (
    where: ListKey,
    sort: SortColumn,
    asked: {
      readonly forward: boolean;
      readonly limit: number;
      readonly cursor?: string | undefined;
      readonly bound?: Bound | undefined;
    },
  ): Promise<readonly Item[]> => {
    const { index, attribute } = listIndexes[sort];
    const { cursor, bound } = asked;
    const { Items } = await client.query({
      TableName: table,
      IndexName: index,
      KeyConditionExpression: `#list = :list${bound ? ` AND #sort ${bound.condition} :bound` : ""}`,
      ExpressionAttributeNames: { "#list": "list", ...(bound ? { "#sort": attribute } : {}) },
      ExpressionAttributeValues: { ":list": listOf(where), ...(bound ? { ":bound": bound.value } : {}) },
      ScanIndexForward: asked.forward,
      Limit: asked.limit,
      ...(cursor === undefined
        ? {}
        : {
            ExclusiveStartKey: {
              ...certificateKey(where.tenantId, cursor.slice(cursor.lastIndexOf("\u0000") + 1)),
              list: listOf(where),
              [attribute]: cursor,
            },
          }),
    });
    return Items;
  };

  /** The index entries of a page in its order, and whether there are others before and after. */
  const entriesOf = async (where: ListKey, { sort, order, limit, start }: PageRequest) => {
    const ascending = order === "asc";
    const backward = start.at === "last" || start.at === "before";
    const cursor = start.at === "after" || start.at === "before" ? start.cursor : undefined;
    const [onward, earlier] =
      start.at === "value" ? boundsOf(rangeOfValue[sort](start.value), ascending) : [undefined, undefined];
    const [read, skipped] = await Promise.all([
      query(where, sort, { forward: ascending !== backward, limit: limit + 1, cursor, bound: onward }),
      earlier ? query(where, sort, { forward: !ascending, limit: 1, bound: earlier }) : [],
    ]);
    const shown = read.slice(0, limit);
    const more = read.length > limit;
    return backward
      ? { entries: shown.toReversed(), before: more, after: start.at === "before" }
      : { entries: shown, before: start.at === "after" || skipped.length > 0, after: more };
  };

  return {
    page: async (where, page) => {
      const { entries, before, after } = await entriesOf(where, page);
      const keys = entries.map((item) => ({ pk: String(item["pk"]), sk: String(item["sk"]) }));
      // The index gives the order, the table the truth: a row that has just changed is shown as it is now.
      const items = await getMany(client, table, keys);
      const found = new Map(items.map((item) => [item["pk"], certificateOf(item)]));
      const cursorOf = (item: Item | undefined) => item?.[listIndexes[page.sort].attribute] as string | undefined;
      return {
        certificates: keys.flatMap(({ pk }) => found.get(pk) ?? []),
        previous: before ? cursorOf(entries[0]) : undefined,
        next: after ? cursorOf(entries.at(-1)) : undefined,
      };
    },
    count: async (where) => {
      const keys = countShards.map((shard) => countKey(listOf(where), shard));
      const items = await getMany(client, table, keys);
      return items.reduce((sum, item) => sum + Number(item["certificates"] ?? 0), 0);
    },
  };
}
