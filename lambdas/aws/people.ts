import { Refusal } from "../refusal.ts";
import { tenantOf } from "../registry/identifier.ts";
import type { Administrator, Administrators } from "../registry/administrator.ts";
import type { Slot, Subscriber, Subscribers } from "../registry/subscriber.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import type { Key } from "./marshalling.ts";
import { queryAll, queryPartition, withoutKeys } from "./items.ts";
import { administratorKey, revokedKey, slotKey, subscriberKey } from "./keys.ts";

/**
 * Marks of a revocation, as many as rows are worked on side by side (`import-rows.ts`). One mark would be enough to know,
 * but an item of one TransactWriteItems conflicts with that of any other, and DynamoDB makes no exception for a
 * ConditionCheck: the rows of a file would collide in it. Each check costs its row two write units.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
const revokedShards = Array.from({ length: 64 }, (_, shard) => shard);

const standing = "certificateId = :certificate AND #status <> :revoked";

/** Administrators, in the registry table. */
export function administrators(client: Dynamo, table: string): Administrators {
  const get = (key: Key) => client.get(table, key);
  return {
    findAdministrator: async (tenantId, administratorId) =>
      withoutKeys<Administrator>(await get(administratorKey(tenantId, administratorId))),
    listAdministrators: async (tenantId) =>
      (
        await queryAll(client, {
          TableName: table,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
          ExpressionAttributeValues: { ":pk": `T#${tenantId}`, ":prefix": "A#" },
          ConsistentRead: true,
        })
      ).map((item) => withoutKeys<Administrator>(item)),
    addAdministrator: (administrator) =>
      write({
        Put: {
          TableName: table,
          Item: { ...administratorKey(administrator.tenantId, administrator.administratorId), ...administrator },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    markAdministrator: ({ tenantId, administratorId, certificateId }, status) =>
      write({
        Update: {
          TableName: table,
          Key: administratorKey(tenantId, administratorId),
          UpdateExpression: "SET #status = :status",
          ConditionExpression: standing,
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":status": status, ":revoked": "revoked", ":certificate": certificateId },
        },
      }),
    markRevoked: ({ tenantId, administratorId }) => [
      write({
        Update: {
          TableName: table,
          Key: administratorKey(tenantId, administratorId),
          UpdateExpression: "SET #status = :revoked",
          ConditionExpression: "attribute_exists(pk) AND #status <> :revoked",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":revoked": "revoked" },
        },
      }),
      ...revokedShards.map((shard) =>
        write({ Put: { TableName: table, Item: revokedKey(tenantId, administratorId, shard) } }),
      ),
    ],
    markRevocationTold: ({ tenantId, administratorId }) =>
      write({
        Update: {
          TableName: table,
          Key: administratorKey(tenantId, administratorId),
          UpdateExpression: "SET revocationTold = :yes",
          ConditionExpression: "#status = :revoked AND attribute_not_exists(revocationTold)",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":revoked": "revoked", ":yes": true },
        },
      }),
    mayStillAct: async (actor) =>
      actor.kind !== "administrator" || (await get(revokedKey(tenantOf(actor.id), actor.id, 0))) === undefined,
    mustStillAct: (actor, spread = 0) =>
      actor.kind !== "administrator"
        ? []
        : [
            write(
              {
                ConditionCheck: {
                  TableName: table,
                  Key: revokedKey(tenantOf(actor.id), actor.id, spread % revokedShards.length),
                  ConditionExpression: "attribute_not_exists(pk)",
                },
              },
              () => new Refusal("actorRevoked"),
            ),
          ],
    replaceCertificate: ({ tenantId, administratorId, certificateId: before }, certificateId, earlierCertificateIds) =>
      write({
        Update: {
          TableName: table,
          Key: administratorKey(tenantId, administratorId),
          UpdateExpression: "SET certificateId = :next, earlierCertificateIds = :earlier",
          ConditionExpression: standing,
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: {
            ":next": certificateId,
            ":earlier": earlierCertificateIds,
            ":revoked": "revoked",
            ":certificate": before,
          },
        },
      }),
  };
}

const mailTaken = (email: string) =>
  new Refusal("invalid", {}, [{ field: "primaryEmail", code: "mailTaken", facts: { email } }]);

/** Subscribers and slots: one partition per primary mail. */
export function subscribers(client: Dynamo, table: string): Subscribers {
  return {
    findByMail: async (at, asked) => {
      const [subscriber, ...slots] = await Promise.all([
        client.get(table, subscriberKey(at)),
        ...asked.map((slot) => client.get(table, slotKey({ ...at, ...slot }))),
      ]);
      if (subscriber === undefined) return undefined;
      return {
        subscriber: withoutKeys<Subscriber>(subscriber),
        slots: slots.flatMap((slot) => (slot === undefined ? [] : [withoutKeys<Slot>(slot)])),
      };
    },
    addSubscriber: (subscriber) =>
      write({
        Put: {
          TableName: table,
          Item: { ...subscriberKey(subscriber), ...subscriber },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    addTo: (subscriber) =>
      write({
        Update: {
          TableName: table,
          Key: subscriberKey(subscriber),
          // Who edits the subscriber moves the slots: one that is added meanwhile must not be left behind.
          UpdateExpression: "ADD revision :one",
          ConditionExpression:
            "subscriberId = :id AND familyName = :family AND givenName = :given AND familyNameKana = :familyKana AND givenNameKana = :givenKana AND familyNameEnglish = :familyEnglish AND givenNameEnglish = :givenEnglish",
          ExpressionAttributeValues: {
            ":one": 1,
            ":id": subscriber.subscriberId,
            ":family": subscriber.familyName,
            ":given": subscriber.givenName,
            ":familyKana": subscriber.familyNameKana,
            ":givenKana": subscriber.givenNameKana,
            ":familyEnglish": subscriber.familyNameEnglish,
            ":givenEnglish": subscriber.givenNameEnglish,
          },
        },
      }),
    findWhole: async (at) => {
      const items = await queryPartition(client, table, subscriberKey(at).pk);
      const subscriber = items.find(({ sk }) => sk === "subscriber");
      const slots = items.filter(({ sk }) => String(sk).startsWith("slot#"));
      return (
        subscriber && {
          subscriber: withoutKeys<Subscriber>(subscriber),
          slots: slots.map((slot) => withoutKeys<Slot>(slot)),
        }
      );
    },
    change: (from, to, slots) => {
      const unchanged = {
        ConditionExpression: `subscriberId = :id AND ${from.revision === undefined ? "attribute_not_exists(revision)" : "revision = :revision"}`,
        ExpressionAttributeValues: {
          ":id": from.subscriberId,
          ...(from.revision === undefined ? {} : { ":revision": from.revision }),
        },
      };
      const meanwhile = () => new Refusal("changedMeanwhile");
      const Item = { ...subscriberKey(to), ...to, revision: (from.revision ?? 0) + 1 };
      if (subscriberKey(from).pk === Item.pk)
        return [write({ Put: { TableName: table, Item, ...unchanged } }, meanwhile)];
      const free = { ConditionExpression: "attribute_not_exists(pk)" };
      return [
        write({ Delete: { TableName: table, Key: subscriberKey(from), ...unchanged } }, meanwhile),
        write({ Put: { TableName: table, Item, ...free } }, () => mailTaken(to.primaryEmail)),
        ...slots.flatMap((slot) => [
          write(
            {
              Delete: {
                TableName: table,
                Key: slotKey(slot),
                ConditionExpression: "certificateId = :certificate AND holdsLicence = :holds",
                ExpressionAttributeValues: { ":certificate": slot.certificateId, ":holds": slot.holdsLicence },
              },
            },
            meanwhile,
          ),
          write({
            Put: {
              TableName: table,
              Item: { ...slotKey({ ...slot, primaryEmail: to.primaryEmail }), ...slot, primaryEmail: to.primaryEmail },
              ...free,
            },
          }),
        ]),
      ];
    },
    takeSlot: (slot) =>
      write(
        {
          Put: {
            TableName: table,
            Item: { ...slotKey(slot), ...slot },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
        () => new Refusal("slotTaken", { email: slot.certificateEmail, device: slot.device }),
      ),
    releaseSlot: (slot) =>
      write({
        Update: {
          TableName: table,
          Key: slotKey(slot),
          UpdateExpression: "SET holdsLicence = :no",
          ConditionExpression: "certificateId = :certificate AND holdsLicence = :yes",
          ExpressionAttributeValues: { ":no": false, ":yes": true, ":certificate": slot.certificateId },
        },
      }),
  };
}
