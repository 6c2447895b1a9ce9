import { conditionFailed } from "./errors.ts";
import type { Authorities, Authority, AuthorityName, LastCrl } from "../authority/authority.ts";
import type { Dynamo } from "./dynamo.ts";
import { withoutKeys } from "./items.ts";
import { authorityKey, crlKey } from "./keys.ts";

/** Certification authorities, made once (existing ones always win), and apart from them the counters of their CRLs. */
export function authorities(client: Dynamo, table: string): Authorities {
  const findAuthority = async (name: AuthorityName) => {
    return withoutKeys<Authority>(await client.get(table, authorityKey(name)));
  };
  const countUp = async (name: AuthorityName): Promise<{ readonly number: number; readonly last?: LastCrl }> => {
    const counted = await client.update({
      TableName: table,
      Key: crlKey(name),
      UpdateExpression: "ADD crlNumber :one",
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValues: "ALL_NEW",
    });
    const { crlNumber, last } = counted.Attributes as { readonly crlNumber: number; readonly last?: LastCrl };
    return last === undefined ? { number: crlNumber } : { number: crlNumber, last };
  };
  const raiseTo = async (name: AuthorityName, number: number): Promise<void> => {
    try {
      await client.update({
        TableName: table,
        Key: crlKey(name),
        UpdateExpression: "SET crlNumber = :number",
        ConditionExpression: "crlNumber < :number",
        ExpressionAttributeValues: { ":number": number },
      });
    } catch (error) {
      // Somebody else has raised it as far: that is as good.
      if (!conditionFailed(error)) throw error;
    }
  };
  return {
    findAuthority,
    keepAuthority: async (authority) => {
      try {
        await client.put({
          TableName: table,
          Item: { ...authorityKey(authority.name), ...authority },
          ConditionExpression: "attribute_not_exists(pk)",
        });
        return authority;
      } catch (error) {
        if (!conditionFailed(error)) throw error;
        const stored = await findAuthority(authority.name);
        if (stored === undefined) throw error;
        return stored;
      }
    },
    nextCrlNumber: async (name, above) => {
      const counted = await countUp(name);
      if (counted.number > above) return counted;
      await raiseTo(name, above);
      return countUp(name);
    },
    keepLastCrl: async (name, last) => {
      try {
        await client.update({
          TableName: table,
          Key: crlKey(name),
          UpdateExpression: "SET #last = :last",
          ConditionExpression: "attribute_not_exists(#last) OR #last.#number <= :number",
          ExpressionAttributeNames: { "#last": "last", "#number": "number" },
          ExpressionAttributeValues: { ":last": last, ":number": last.number },
        });
      } catch (error) {
        // A later list was put meanwhile.
        if (!conditionFailed(error)) throw error;
      }
    },
    findLastCrl: async (name) => (await client.get(table, crlKey(name)))?.["last"] as LastCrl | undefined,
  };
}
