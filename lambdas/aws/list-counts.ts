import type { Certificate } from "../certificates/certificate.ts";
import type { Lists } from "../certificates/list.ts";
import type { Write } from "../transaction/write.ts";
import { listOf } from "./certificate-items.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { getMany } from "./items.ts";
import { countKey } from "./keys.ts";

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

/** How many rows a list has. */
export const listCount =
  (client: Dynamo, table: string): Lists["count"] =>
  async (where) => {
    const keys = countShards.map((shard) => countKey(listOf(where), shard));
    const items = await getMany(client, table, keys);
    return items.reduce((sum, item) => sum + Number(item["certificates"] ?? 0), 0);
  };
