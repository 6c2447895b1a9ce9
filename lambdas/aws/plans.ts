import type { Certificate } from "../certificates/certificate.ts";
import type { Plans } from "../certificates/plans.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { queryAll } from "./items.ts";
import { certificateKey, certificateOfPartition } from "./keys.ts";
import { shardOf, shards } from "./shards.ts";

const names = { "#state": "state", "#status": "status" };
const live = "#state.#status IN (:issued, :downloaded)";
const liveValues = { ":issued": "issued", ":downloaded": "downloaded" };

/** The condition that the plan is the one that was read. */
const unchanged = ({ revokeOn }: Certificate) =>
  revokeOn === undefined
    ? { condition: "attribute_not_exists(revokeOn)", values: {} }
    : { condition: "revokeOn = :before", values: { ":before": revokeOn } };

/** Planned revocations: on the certificate's row, and in the sparse index `due`. */
export const plans = (client: Dynamo, table: string): Plans => ({
  plan: (certificate, plan) => {
    const { condition, values } = unchanged(certificate);
    return write({
      Update: {
        TableName: table,
        Key: certificateKey(certificate.tenantId, certificate.certificateId),
        UpdateExpression: "SET revokeOn = :plan, due = :due, dueAt = :at",
        ConditionExpression: `${live} AND ${condition}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ...liveValues,
          ...values,
          ":plan": plan,
          ":due": `D#${shardOf(certificate.serialNumber)}`,
          ":at": plan.at,
        },
      },
    });
  },
  cancel: (certificate) => {
    const { condition, values } = unchanged(certificate);
    return write({
      Update: {
        TableName: table,
        Key: certificateKey(certificate.tenantId, certificate.certificateId),
        UpdateExpression: "REMOVE revokeOn, due, dueAt",
        ConditionExpression: `${live} AND ${condition}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ...liveValues, ...values },
      },
    });
  },
  listDue: async (at) => {
    const found = await Promise.all(
      shards.map((shard) =>
        queryAll(client, {
          TableName: table,
          IndexName: "due",
          KeyConditionExpression: "due = :due AND dueAt <= :at",
          ExpressionAttributeValues: { ":due": `D#${shard}`, ":at": at },
        }),
      ),
    );
    return found
      .flat()
      .toSorted(
        (a, b) => Number(String(a["dueAt"]) > String(b["dueAt"])) - Number(String(a["dueAt"]) < String(b["dueAt"])),
      )
      .map((item) => certificateOfPartition(String(item["pk"])));
  },
});
