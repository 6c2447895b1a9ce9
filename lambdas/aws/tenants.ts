import { Refusal } from "../refusal.ts";
import type { ContractedService, Organization, Tenant, Tenants } from "../registry/tenant.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import { organizationKey, serviceKey, tenantKey } from "./keys.ts";
import type { Item, Key } from "./marshalling.ts";
import { queryAll, withoutKeys } from "./items.ts";

const absent = "attribute_not_exists(pk)";

/** Tenants, services and organizations in the registry table. The list of tenants is one small partition, for operators. */
export function tenants(client: Dynamo, table: string): Tenants {
  const get = (key: Key) => client.get(table, key);
  const below = (tenantId: string, prefix: string) =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": `T#${tenantId}`, ":prefix": prefix },
      ConsistentRead: true,
    });
  /** The count in use is kept as what is free, because a condition cannot add two attributes. */
  const service = (item: Item | undefined): ContractedService | undefined => {
    if (item === undefined) return undefined;
    const { licencesFree, ...rest } = withoutKeys<Item & { licences: number; licencesFree: number }>(item);
    // Services of before the form could be chosen name none.
    return { pkcs12: "auto", ...rest, licencesUsed: rest.licences - licencesFree } as unknown as ContractedService;
  };

  return {
    findTenant: async (tenantId) => withoutKeys<Tenant>(await get(tenantKey(tenantId))),
    listTenants: async () => {
      const found = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": "TENANTS" },
        ConsistentRead: true,
      });
      return found.map((item) => withoutKeys<Tenant>(item));
    },
    addTenant: (tenant) => [
      write({
        Put: { TableName: table, Item: { ...tenantKey(tenant.tenantId), ...tenant }, ConditionExpression: absent },
      }),
      write({ Put: { TableName: table, Item: { pk: "TENANTS", sk: tenant.tenantId, ...tenant } } }),
    ],
    changeTenant: (from, to) => [
      write({
        Put: {
          TableName: table,
          Item: { ...tenantKey(to.tenantId), ...to },
          ConditionExpression: "#name = :name AND englishName = :english AND #language = :language",
          ExpressionAttributeNames: { "#name": "name", "#language": "language" },
          ExpressionAttributeValues: { ":name": from.name, ":english": from.englishName, ":language": from.language },
        },
      }),
      write({ Put: { TableName: table, Item: { pk: "TENANTS", sk: to.tenantId, ...to } } }),
    ],
    findService: async (tenantId, serviceId) => service(await get(serviceKey(tenantId, serviceId))),
    listServices: async (tenantId) =>
      (await below(tenantId, "S#")).flatMap((item) => {
        const found = service(item);
        return found ? [found] : [];
      }),
    addService: ({ licencesUsed, ...added }) =>
      write({
        Put: {
          TableName: table,
          Item: {
            ...serviceKey(added.tenantId, added.serviceId),
            ...added,
            licencesFree: added.licences - licencesUsed,
          },
          ConditionExpression: absent,
        },
      }),
    changeService: ({ tenantId, serviceId, licences: before }, changes) => {
      const { licences } = changes;
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      return write({
        Update: {
          TableName: table,
          Key: serviceKey(tenantId, serviceId),
          UpdateExpression: `SET ${given.map((_, at) => `#${at} = :${at}`).join(", ")}${licences === undefined ? "" : " ADD licencesFree :more"}`,
          ConditionExpression: licences === undefined ? "attribute_exists(pk)" : "licences = :before",
          ExpressionAttributeNames: Object.fromEntries(given.map(([name], at) => [`#${at}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(given.map(([, value], at) => [`:${at}`, value])),
            ...(licences === undefined ? {} : { ":before": before, ":more": licences - before }),
          },
        },
      });
    },
    findOrganization: async (tenantId, organizationId) =>
      withoutKeys<Organization>(await get(organizationKey(tenantId, organizationId))),
    listOrganizations: async (tenantId) => (await below(tenantId, "O#")).map((item) => withoutKeys<Organization>(item)),
    addOrganization: (organization) =>
      write({
        Put: {
          TableName: table,
          Item: { ...organizationKey(organization.tenantId, organization.organizationId), ...organization },
          ConditionExpression: absent,
        },
      }),
    takeLicences: ({ tenantId, serviceId, licences, licencesUsed }, count) =>
      write(
        {
          Update: {
            TableName: table,
            Key: serviceKey(tenantId, serviceId),
            UpdateExpression: "ADD licencesFree :change",
            ConditionExpression: "licencesFree >= :count AND issuing = :yes",
            ExpressionAttributeValues: { ":change": -count, ":count": count, ":yes": true },
          },
        },
        () => new Refusal("licencesExceeded", { licences, used: licencesUsed, wanted: count }),
      ),
    releaseLicences: (tenantId, serviceId, count) =>
      write({
        Update: {
          TableName: table,
          Key: serviceKey(tenantId, serviceId),
          UpdateExpression: "ADD licencesFree :change",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":change": count },
        },
      }),
  };
}
