import { conditionFailed } from "./wire/aws-error.ts";
import type { Certificate, Certificates, ListOrder, Material, State } from "../certificates/certificate.ts";
import { kanaSortKey } from "../certificates/collation.ts";
import { Refusal } from "../refusal.ts";
import type { Dynamo } from "./wire/dynamo.ts";
import { write } from "./commit.ts";
import { destruction } from "./destruction.ts";
import { everything, getMany, type Item, type Key, plain } from "./items.ts";
import { certificateKey, certificateOfPartition, derKey, materialKey, serialKey } from "./keys.ts";
import { ledger } from "./ledger.ts";
import { planned } from "./planned.ts";
import { shardOf, shards } from "./shards.ts";

const indexes: Record<ListOrder, { readonly index: string; readonly attribute: string }> = {
  name: { index: "byName", attribute: "sortName" },
  primaryEmail: { index: "byPrimaryEmail", attribute: "sortPrimaryEmail" },
  certificateEmail: { index: "byCertificateEmail", attribute: "sortCertificateEmail" },
  status: { index: "byStatus", attribute: "sortStatus" },
};
const statusOrder = { issuing: 0, failed: 1, issued: 2, downloaded: 3, revoked: 4 } as const;

/**
 * Octets of the mail by which people of one name are put in order. A sort key holds 1,024: two names of 64 kana, each
 * twice (`kanaOrder`), take 771, the ids and the device 56.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const mailInName = 128;

/** A sort value ends with the id, so it is unique and serves as the cursor: what follows the last NUL. */
const ranked = (value: string, certificateId: string) => `${value}\u0000${certificateId}`;
const sortStatus = (state: State, certificate: Certificate) =>
  ranked(
    `${statusOrder[state.status]}${certificate.requestedAt}\u0000${certificate.device}`,
    certificate.certificateId,
  );

const listOf = (at: { tenantId: string; serviceId: string; organizationId: string }) =>
  `T#${at.tenantId}#S#${at.serviceId}#O#${at.organizationId}`;

/** Attributes that put a row into the list indexes (subscribers' rows only) and into the pending one. */
function indexed(certificate: Certificate): Item {
  const { holder, certificateId, state } = certificate;
  const pending =
    state.status === "issuing"
      ? { pending: `P#${shardOf(certificate.serialNumber)}`, pendingSince: certificate.requestedAt }
      : {};
  if (holder.kind !== "subscriber") return pending;
  // People of one name stay apart, and one person's rows stand in the order of the devices.
  const mail = holder.primaryEmail.toLowerCase();
  const own = `${mail}\u0000${certificate.device}`;
  const namesake = `${mail.slice(0, mailInName)}\u0000${holder.subscriberId}\u0000${certificate.device}`;
  return {
    ...pending,
    list: listOf({ tenantId: certificate.tenantId, ...holder }),
    sortName: ranked(
      `${kanaSortKey(holder.familyNameKana)}\u0000${kanaSortKey(holder.givenNameKana)}\u0000${namesake}`,
      certificateId,
    ),
    sortPrimaryEmail: ranked(own, certificateId),
    sortCertificateEmail: ranked(
      `${certificate.certificateEmail.toLowerCase()}\u0000${certificate.device}`,
      certificateId,
    ),
    sortStatus: sortStatus(state, certificate),
  };
}

const ofItem = (item: Item): Certificate => {
  const { list: _l, sortName: _n, sortPrimaryEmail: _p, sortCertificateEmail: _c, sortStatus: _s, ...rest } = item;
  const { pending: _pending, pendingSince: _since, due: _due, dueAt: _at, ...certificate } = plain<Item>(rest);
  return certificate as Certificate;
};

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
    return item?.["tbs"] === undefined ? undefined : plain<Material>(item);
  };

  return {
    ...ledger(client, table),
    ...planned(client, table),
    ...destruction(client, table),
    find: async (tenantId, certificateId) => {
      const item = await get(certificateKey(tenantId, certificateId));
      return item === undefined ? undefined : ofItem(item);
    },
    list: async (where, { sort, order, limit, cursor }) => {
      const { index, attribute } = indexes[sort];
      const list = listOf(where);
      const last = cursor?.slice(cursor.lastIndexOf("\u0000") + 1);
      const page = await client.query({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: "#list = :list",
        ExpressionAttributeNames: { "#list": "list" },
        ExpressionAttributeValues: { ":list": list },
        ScanIndexForward: order === "asc",
        Limit: limit,
        ...(last === undefined
          ? {}
          : { ExclusiveStartKey: { ...certificateKey(where.tenantId, last), list, [attribute]: cursor } }),
      });
      const keys = page.Items.map((item) => ({ pk: String(item["pk"]), sk: String(item["sk"]) }));
      // The index gives the order, the table the truth: a row that has just changed is shown as it is now.
      const items = await getMany(client, table, keys);
      const found = new Map(items.map((item) => [item["pk"], ofItem(item)]));
      return {
        certificates: keys.flatMap(({ pk }) => found.get(pk) ?? []),
        next: page.LastEvaluatedKey?.[attribute] as string | undefined,
      };
    },
    add: (certificate) => [
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
    ],
    findWhole: async (tenantId, certificateId) => {
      const [row, material] = await Promise.all([
        get(certificateKey(tenantId, certificateId)),
        findMaterial(tenantId, certificateId),
      ]);
      return row === undefined ? undefined : { certificate: ofItem(row), material };
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
            everything(client, {
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
