import { randomBytes } from "node:crypto";
import { access } from "./aws/access.ts";
import { admissions } from "./aws/admissions.ts";
import { audit, auditDays, auditHistory } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { claims } from "./aws/claims.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/dynamo.ts";
import { committer } from "./aws/commit.ts";
import { digests } from "./aws/digests.ts";
import { jobErrors } from "./aws/import-errors.ts";
import { jobs } from "./aws/import-jobs.ts";
import { progress } from "./aws/import-progress.ts";
import { advanceSender } from "./aws/import-queues.ts";
import { rows } from "./aws/import-rows.ts";
import { ledger } from "./aws/ledger.ts";
import { lists } from "./aws/lists.ts";
import { materials } from "./aws/materials.ts";
import { notices } from "./aws/notices.ts";
import { orders } from "./aws/orders.ts";
import { lambda, packageTaker } from "./aws/package-taker.ts";
import { administrators, subscribers } from "./aws/people.ts";
import { plans } from "./aws/plans.ts";
import { sqs } from "./aws/queues.ts";
import { s3 } from "./aws/s3.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { uploadForms } from "./aws/links.ts";
import { cachedAuthorities, cachedEnd } from "./authority/cached.ts";
import { adminRoutes } from "./contract/admin.ts";
import { auditHandlers } from "./admin/audit.ts";
import { noticeHandlers } from "./admin/notices.ts";
import { registerAndIssue, subscriberHandlers } from "./admin/subscribers.ts";
import { environmentOf } from "./environment.ts";
import { admitAdministrator, type AdministratorCaller } from "./http/administrator.ts";
import { importAgain, importHandlers } from "./admin/imports.ts";
import { listHandlers } from "./admin/lists.ts";
import { type Handlers, serve } from "./http/serve.ts";
import { revocationHandlers } from "./admin/certificates.ts";

const environment = environmentOf("admin-api");
const client = dynamo();
const queues = sqs();
const store = s3();
const context = {
  now: () => new Date(),
  random: randomBytes,
  brand: environment.BRAND,
  adminUrl: environment.ADMIN_URL,
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  claims: claims(client, environment.REGISTRY_TABLE),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  admissions: admissions(client, environment.ADMISSIONS_TABLE),
  materials: materials(client, environment.MATERIALS_TABLE),
  subscribers: subscribers(client, environment.REGISTRY_TABLE),
  orders: orders(client, environment.ORDERS_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  lists: lists(client, environment.CERTIFICATES_TABLE),
  ledger: ledger(client, environment.LEDGER_TABLE),
  plans: plans(client, environment.CERTIFICATES_TABLE),
  authorityEnd: cachedEnd(cachedAuthorities(authorities(client, environment.AUTHORITIES_TABLE)), "subscribers"),
  access: access(client, environment.ACCESS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  digests: digests(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  auditHistory: auditHistory(client, environment.AUDIT_TABLE),
  auditDays: auditDays(client, environment.AUDIT_TABLE),
  jobs: jobs(client, environment.IMPORTS_TABLE),
  progress: progress(client, environment.IMPORTS_TABLE),
  rows: rows(client, environment.IMPORTS_TABLE),
  jobErrors: jobErrors(client, environment.IMPORTS_TABLE),
  uploadForm: uploadForms(store, environment.UPLOADS_BUCKET),
  takePackage: packageTaker(lambda(), environment.PACKAGE_LINKS_FUNCTION),
  sendAdvance: advanceSender(queues, environment.IMPORT_QUEUE),
  ...sendersOf(queues, environment),
} as const;

const handlers: Handlers<typeof adminRoutes, AdministratorCaller> = {
  ...importHandlers(context),
  ...listHandlers(context),
  ...auditHandlers(context),
  ...subscriberHandlers(context),
  ...revocationHandlers(context),
  ...noticeHandlers(context),
  getSession: async ({ caller }) => ({
    brand: context.brand,
    tenant: caller.tenant,
    administrator: { ...caller.administrator, notAfter: caller.notAfter },
  }),
  registerSubscriber: async ({ caller, params, body }) =>
    registerAndIssue(
      context,
      { ...params, tenant: caller.tenant, actor: caller.actor, registration: body },
      caller.remember,
    ),
};

export const handler = serve("Warifu admin", adminRoutes, admitAdministrator(context), handlers, importAgain(context));
