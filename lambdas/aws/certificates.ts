import type { Certificates, State } from "../certificates/certificate.ts";
import { Refusal } from "../refusal.ts";
import type { Dynamo } from "./dynamo.ts";
import { certificateOf, indexed, keyEndsOf, listed, sortIssuedAt, sortStatus } from "./certificate-items.ts";
import { write } from "./commit.ts";
import { certificateKey, derKey, serialKey } from "./keys.ts";
import { countWrites } from "./list-counts.ts";
import { markMailsResent } from "./mails-resent.ts";

/** Attributes that a row loses on its way into a status. */
const leaves: Readonly<Partial<Record<State["status"], string>>> = {
  revoked: ", revokeOn, due, dueAt",
  failed: ", keyEnds, keyEndsAt",
};

/** Rows, serials and certificates in the certificates table. */
export const certificates = (client: Dynamo, table: string): Certificates => ({
  find: async (tenantId, certificateId) => {
    const item = await client.get(table, certificateKey(tenantId, certificateId));
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
  markMailsResent: markMailsResent(table),
  findDer: async (tenantId, certificateId) =>
    (await client.get(table, derKey(tenantId, certificateId)))?.["der"] as Uint8Array | undefined,
  addDer: (tenantId, certificateId, der) =>
    write({
      Put: {
        TableName: table,
        Item: { ...derKey(tenantId, certificateId), der },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    }),
  changeHolder: (certificate, holder, deviceEmail) => {
    const own = deviceEmail.toLowerCase() === certificate.certificateEmail.toLowerCase();
    const set = { holder, ...listed({ ...certificate, holder }), ...(own ? {} : { deviceEmail }) };
    const names = Object.keys(set);
    return write(
      {
        Update: {
          TableName: table,
          Key: certificateKey(certificate.tenantId, certificate.certificateId),
          UpdateExpression: `SET ${names.map((_, at) => `#${at} = :${at}`).join(", ")}${own ? " REMOVE deviceEmail" : ""}`,
          ConditionExpression: "#state.#status = :status",
          ExpressionAttributeNames: {
            "#state": "state",
            "#status": "status",
            ...Object.fromEntries(names.map((name, at) => [`#${at}`, name])),
          },
          ExpressionAttributeValues: {
            ":status": certificate.state.status,
            ...Object.fromEntries(Object.values(set).map((value, at) => [`:${at}`, value])),
          },
        },
      },
      () => new Refusal("changedMeanwhile"),
    );
  },
  move: (certificate, from, to, { due, keyEndsAt } = {}) => {
    const listed = certificate.holder.kind === "subscriber";
    const issuedAt = listed && to.status === "issued" ? to.issuedAt : undefined;
    const keyEnd = to.status === "revoked" ? new Date(to.revokedAt) : keyEndsAt;
    return write(
      {
        Update: {
          TableName: table,
          Key: certificateKey(certificate.tenantId, certificate.certificateId),
          UpdateExpression: `SET #state = :state${listed ? ", sortStatus = :sort" : ""}${issuedAt ? ", sortIssuedAt = :issued" : ""}${keyEnd ? ", keyEnds = :keyEnds, keyEndsAt = :keyEnd" : ""} REMOVE pending, pendingSince${leaves[to.status] ?? ""}`,
          ConditionExpression: `#state.#status IN (${from.map((_, at) => `:from${at}`).join(", ")})${due ? " AND revokeOn = :due" : ""}`,
          ExpressionAttributeNames: { "#state": "state", "#status": "status" },
          ExpressionAttributeValues: {
            ":state": to,
            ...(listed ? { ":sort": sortStatus(to, certificate) } : {}),
            ...(issuedAt ? { ":issued": sortIssuedAt(issuedAt, certificate) } : {}),
            ...(due ? { ":due": due } : {}),
            ...(keyEnd ? { ":keyEnds": keyEndsOf(certificate), ":keyEnd": keyEnd.toISOString() } : {}),
            ...Object.fromEntries(from.map((status, at) => [`:from${at}`, status])),
          },
        },
      },
      () => new Refusal("changedMeanwhile"),
    );
  },
});
