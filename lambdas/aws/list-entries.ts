import type { Certificate } from "../certificates/certificate.ts";
import type { ListKey } from "../certificates/list.ts";
import { certificateOf, listOf, searchIndexes, type SortRange } from "./certificate-items.ts";
import type { Dynamo } from "./dynamo.ts";
import { getMany } from "./items.ts";
import { certificateKey } from "./keys.ts";
import type { Item, Key } from "./marshalling.ts";
import type { Filter } from "./search.ts";

export type IndexName = keyof typeof searchIndexes;

/** A value that the page begins at, or a range that it stays in. */
export type Bound = { readonly condition: ">=" | ">" | "<=" | "<"; readonly value: string } | SortRange;

export type Walk = {
  readonly forward: boolean;
  /** Entries to look at. */
  readonly limit: number;
  /** The sort value of the entry to go on behind. */
  readonly cursor?: string | undefined;
  readonly bound?: Bound | undefined;
  readonly filter?: Filter | undefined;
  /** Leaves the entries out, and counts them alone. */
  readonly countOnly?: boolean;
};

export type Entries = {
  readonly items: readonly Item[];
  /** How many entries match the filter, and how many were looked at. */
  readonly count: number;
  readonly looked: number;
  /** The sort value of the last entry that was looked at, where others follow it. */
  readonly last: string | undefined;
};

/** Entries of one index of a list in their order. */
export const listEntries =
  (client: Dynamo, table: string) =>
  async (where: ListKey, index: IndexName, walk: Walk): Promise<Entries> => {
    const { index: IndexName, attribute } = searchIndexes[index];
    const { bound, filter } = walk;
    const cursor = within(walk);
    if (cursor === "beyond") return { items: [], count: 0, looked: 0, last: undefined };
    const { condition, values } = boundOf(bound);
    const { Items, Count, ScannedCount, LastEvaluatedKey } = await client.query({
      TableName: table,
      IndexName,
      KeyConditionExpression: `#list = :list${condition}`,
      ...(filter === undefined ? {} : { FilterExpression: filter.expression }),
      ExpressionAttributeNames: {
        "#list": "list",
        ...(bound ? { "#sort": attribute } : {}),
        ...filter?.names,
      },
      ExpressionAttributeValues: { ":list": listOf(where), ...values, ...filter?.values },
      ScanIndexForward: walk.forward,
      Limit: walk.limit,
      ...(walk.countOnly ? { Select: "COUNT" } : {}),
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
    const last = LastEvaluatedKey?.[attribute] as string | undefined;
    return { items: Items, count: Count, looked: ScannedCount, last };
  };

/**
 * DynamoDB refuses an empty range, and to go on behind a place outside of a range: before it, the range begins; beyond
 * it, nothing is left.
 */
function within({ forward, cursor, bound }: Walk): string | undefined {
  if (bound === undefined || "value" in bound) return cursor;
  if (bound.from > bound.through) return "beyond";
  if (cursor === undefined) return undefined;
  const [before, after] = [cursor < bound.from, cursor > bound.through];
  if (!before && !after) return cursor;
  return before === forward ? undefined : "beyond";
}

function boundOf(bound: Bound | undefined): { readonly condition: string; readonly values: Item } {
  if (bound === undefined) return { condition: "", values: {} };
  return "value" in bound
    ? { condition: ` AND #sort ${bound.condition} :bound`, values: { ":bound": bound.value } }
    : {
        condition: " AND #sort BETWEEN :from AND :through",
        values: { ":from": bound.from, ":through": bound.through },
      };
}

/** An entry's row as it is in the table. */
export type Row = { readonly item: Item; readonly certificate: Certificate };

/** The rows of these entries, in their order: an index gives the order, the table the truth. */
export async function rowsOf(client: Dynamo, table: string, entries: readonly Item[]): Promise<readonly Row[]> {
  const keys = entries.map((item): Key => ({ pk: String(item["pk"]), sk: String(item["sk"]) }));
  const items = await getMany(client, table, keys);
  const found = new Map(items.map((item) => [item["pk"], { item, certificate: certificateOf(item) }]));
  return keys.flatMap(({ pk }) => found.get(pk) ?? []);
}
