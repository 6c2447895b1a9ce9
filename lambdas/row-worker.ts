import { randomBytes } from "node:crypto";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { claims } from "./aws/claims.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/dynamo.ts";
import { committer } from "./aws/commit.ts";
import { jobs } from "./aws/import-jobs.ts";
import type { RowMessage } from "./aws/import-queues.ts";
import { rows } from "./aws/import-rows.ts";
import { ledger } from "./aws/ledger.ts";
import { orders } from "./aws/orders.ts";
import { administrators, subscribers } from "./aws/people.ts";
import { plans } from "./aws/plans.ts";
import { logError } from "./telemetry/log.ts";
import { queueHandler } from "./aws/queue-handler.ts";
import { sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { cachedAuthorities, cachedEnd } from "./authority/cached.ts";
import { environmentOf } from "./environment.ts";
import { cachedFor } from "./async/cached-for.ts";
import { workDelivery } from "./imports/work-row.ts";

const environment = environmentOf("row-worker");
const client = dynamo();
const known = tenants(client, environment.REGISTRY_TABLE);
const claimed = claims(client, environment.REGISTRY_TABLE);
const files = jobs(client, environment.IMPORTS_TABLE);
/** Rows of one file arrive together and ask the same: answers are cached for a few seconds. */
const seconds = 5;
const context = {
  now: () => new Date(),
  random: randomBytes,
  brand: environment.BRAND,
  commit: committer(client),
  tenants: {
    ...known,
    findTenant: cachedFor((tenantId: string) => known.findTenant(tenantId), seconds),
    findService: cachedFor((tenantId: string, id: string) => known.findService(tenantId, id), seconds),
    findOrganization: cachedFor((tenantId: string, id: string) => known.findOrganization(tenantId, id), seconds),
  },
  claims: { ...claimed, findClaims: cachedFor(claimed.findClaims, seconds) },
  administrators: administrators(client, environment.REGISTRY_TABLE),
  subscribers: subscribers(client, environment.REGISTRY_TABLE),
  orders: orders(client, environment.ORDERS_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  ledger: ledger(client, environment.LEDGER_TABLE),
  plans: plans(client, environment.CERTIFICATES_TABLE),
  authorityEnd: cachedEnd(cachedAuthorities(authorities(client, environment.AUTHORITIES_TABLE)), "subscribers"),
  rows: rows(client, environment.IMPORTS_TABLE),
  jobOf: cachedFor((tenantId: string, id: string) => files.find(tenantId, id), seconds),
  audit: audit(environment.AUDIT_TABLE),
  log: logError,
  ...sendersOf(sqs(), environment),
} as const;

/** Works rows side by side; what they ask for next is asked for together. */
export const handler = queueHandler<RowMessage>(async (deliveries) => {
  const worked = await Promise.allSettled(
    deliveries.map(async ({ message, receives }) => workDelivery(context, message, receives)),
  );
  const followUps = worked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const issuances = followUps.flatMap((one) => one.issuances);
  if (issuances.length > 0) await context.sendIssuances(issuances);
  for (const issuer of new Set(followUps.flatMap((one) => one.publications))) {
    await context.sendPublication(issuer, "import");
  }
  return worked;
});
