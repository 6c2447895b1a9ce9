import { conditionFailed } from "./errors.ts";
import type { Certificates, Material } from "../certificates/certificate.ts";
import { Refusal } from "../refusal.ts";
import type { Dynamo } from "./dynamo.ts";
import { certificateOf, indexed, sortStatus } from "./certificate-items.ts";
import { certificateList, countWrites } from "./certificate-list.ts";
import { write } from "./commit.ts";
import { destruction } from "./destruction.ts";
import type { Item, Key } from "./marshalling.ts";
import { queryAll, withoutKeys } from "./items.ts";
import { certificateKey, certificateOfPartition, derKey, materialKey, serialKey } from "./keys.ts";
import { ledger } from "./ledger.ts";
import { planned } from "./planned.ts";
import { shards } from "./shards.ts";

/** Rows, material and its end, serials, planned revocations and the revocation ledger in the certificates table. */
export function certificates(client: Dynamo, table: string): Certificates {
  const get = (key: Key) => client.get(table, key);
  /** Puts unless something stands there; says whether it was put. */
  const keep = async (item: Item): Promise<boolean> => {
    try {
      await client.put({ TableName: table, Item: item, ConditionExpression: "attribute_not_exists(pk)" });
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  };
  const findDer = async (tenantId: string, certificateId: string) =>
    (await get(derKey(tenantId, certificateId)))?.["der"] as Uint8Array | undefined;
  const findMaterial = async (tenantId: string, certificateId: string) => {
    const item = await get(materialKey(tenantId, certificateId));
    return item?.["tbs"] === undefined ? undefined : withoutKeys<Material>(item);
  };

  return {
    ...certificateList(client, table),
    ...ledger(client, table),
    ...planned(client, table),
    ...destruction(client, table),
    find: async (tenantId, certificateId) => {
      const item = await get(certificateKey(tenantId, certificateId));
      return item === undefined ? undefined : certificateOf(item);
    },
    add: (...certificates) => [
      ...certificates.flatMap((certificate) => [
        write({
          Put: {
            TableName: table,
            Item: {
              ...certificateKey(certificate.tenantId, certificate.certificateId),
              ...certificate,
              ...indexed(certificate),
            },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        }),
        write({
          Put: {
            TableName: table,
            Item: {
              ...serialKey(certificate.issuer, certificate.serialNumber),
              tenantId: certificate.tenantId,
              certificateId: certificate.certificateId,
            },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        }),
      ]),
      ...countWrites(table, certificates),
    ],
    findWhole: async (tenantId, certificateId) => {
      const [row, material] = await Promise.all([
        get(certificateKey(tenantId, certificateId)),
        findMaterial(tenantId, certificateId),
      ]);
      return row === undefined ? undefined : { certificate: certificateOf(row), material };
    },
    findMaterial,
    retireMaterial: (tenantId, certificateId) =>
      write({
        Put: {
          TableName: table,
          Item: { ...materialKey(tenantId, certificateId), retired: true },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    keepMaterial: (tenantId, certificateId, material) => keep({ ...materialKey(tenantId, certificateId), ...material }),
    findDer,
    addDer: (tenantId, certificateId, der) =>
      write({
        Put: {
          TableName: table,
          Item: { ...derKey(tenantId, certificateId), der },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    move: (certificate, from, to, due) => {
      const listed = certificate.holder.kind === "subscriber";
      const ended = to.status === "revoked" ? ", revokeOn, due, dueAt" : "";
      return write(
        {
          Update: {
            TableName: table,
            Key: certificateKey(certificate.tenantId, certificate.certificateId),
            UpdateExpression: `SET #state = :state${listed ? ", sortStatus = :sort" : ""} REMOVE pending, pendingSince${ended}`,
            ConditionExpression: `#state.#status IN (${from.map((_, at) => `:from${at}`).join(", ")})${due ? " AND revokeOn = :due" : ""}`,
            ExpressionAttributeNames: { "#state": "state", "#status": "status" },
            ExpressionAttributeValues: {
              ":state": to,
              ...(listed ? { ":sort": sortStatus(to, certificate) } : {}),
              ...(due ? { ":due": due } : {}),
              ...Object.fromEntries(from.map((status, at) => [`:from${at}`, status])),
            },
          },
        },
        () => new Refusal("changedMeanwhile"),
      );
    },
    markResent: async ({ tenantId, certificateId }, at, alone) => {
      try {
        await client.update({
          TableName: table,
          Key: certificateKey(tenantId, certificateId),
          UpdateExpression: `SET requeuedAt = :at${alone ? ", resentAt = if_not_exists(resentAt, :at)" : ""}`,
          ConditionExpression: "attribute_exists(pending)",
          ExpressionAttributeValues: { ":at": at },
        });
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
    },
    listPending: async (before) =>
      (
        await Promise.all(
          shards.map((shard) =>
            queryAll(client, {
              TableName: table,
              IndexName: "pending",
              KeyConditionExpression: "pending = :pending AND pendingSince < :before",
              ExpressionAttributeValues: { ":pending": `P#${shard}`, ":before": before },
            }),
          ),
        )
      )
        .flat()
        .map((item) => certificateOfPartition(String(item["pk"]))),
  };
}
