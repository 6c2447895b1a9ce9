import { Refusal } from "../refusal.ts";
import type { Claim, ClaimKind, Claims } from "../registry/claim.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { getMany, queryPartition, withoutKeys } from "./items.ts";
import { claimKey, claimListKey } from "./keys.ts";

/** Claims of domains and organizations in the registry table. The list of them is one small partition, for operators. */
export function claims(client: Dynamo, table: string): Claims {
  /** The same tenant, or nobody, and listed by services as it was when it was read. */
  const unchanged = ({ tenantId, listedAt }: Claim, alsoListed: boolean) => {
    const expected = Object.entries({ tenantId, ...(alsoListed ? { listedAt } : {}) });
    const given = expected.filter(([, value]) => value !== undefined);
    return {
      ConditionExpression: [
        "attribute_exists(pk)",
        ...expected.map(([name, value]) =>
          value === undefined ? `attribute_not_exists(${name})` : `${name} = :${name}`,
        ),
      ].join(" AND "),
      ...(given.length === 0
        ? {}
        : { ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])) }),
    };
  };

  return {
    findClaims: async (kind: ClaimKind, ...domains) => {
      const items = await getMany(
        client,
        table,
        domains.map((domain) => claimKey(kind, domain)),
      );
      const found = items.map((item) => withoutKeys<Claim>(item));
      return new Map(found.map((claim) => [claim.domain, claim]));
    },
    listClaims: async () => (await queryPartition(client, table, "DOMAINS")).map((item) => withoutKeys<Claim>(item)),
    addClaim: (claim) => [
      write(
        {
          Put: {
            TableName: table,
            Item: { ...claimKey(claim.kind, claim.domain), ...claim },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
        () => new Refusal("changedMeanwhile"),
      ),
      write({ Put: { TableName: table, Item: { ...claimListKey(claim.kind, claim.domain), ...claim } } }),
    ],
    removeClaim: (claim) => [
      write({ Delete: { TableName: table, Key: claimKey(claim.kind, claim.domain), ...unchanged(claim, true) } }),
      write({ Delete: { TableName: table, Key: claimListKey(claim.kind, claim.domain) } }),
    ],
    markListed: (claim, at) => {
      const { ConditionExpression, ExpressionAttributeValues = {} } = unchanged(claim, false);
      return write({
        Update: {
          TableName: table,
          Key: claimKey(claim.kind, claim.domain),
          UpdateExpression: "SET listedAt = :at",
          ConditionExpression,
          ExpressionAttributeValues: { ...ExpressionAttributeValues, ":at": at },
        },
      });
    },
  };
}
