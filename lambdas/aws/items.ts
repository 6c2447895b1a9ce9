import type { QueryCommand, QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Dynamo } from "./clients.ts";

export type Item = Record<string, unknown>;

/** An item without its keys and index attributes. The tables hold only what the ports wrote, in the domain's own shapes. */
export function plain<T>(item: Item): T;
export function plain<T>(item: Item | undefined): T | undefined;
export function plain<T>(item: Item | undefined): T | undefined {
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, ...rest } = item;
  return rest as T;
}

/** All pages of a query. */
export async function everything(
  client: Dynamo,
  Command: typeof QueryCommand,
  input: QueryCommandInput,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: QueryCommandInput["ExclusiveStartKey"];
  do {
    const page = await client.send(new Command({ ...input, ...(from ? { ExclusiveStartKey: from } : {}) }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}
