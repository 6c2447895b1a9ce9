import { randomBytes } from "node:crypto";
import { admissions } from "./aws/admissions.ts";
import { archive } from "./aws/archive.ts";
import { audit, auditDays } from "./aws/audit.ts";
import { callerIdentity } from "./aws/caller-identity.ts";
import { authorities } from "./aws/authorities.ts";
import { claims } from "./aws/claims.ts";
import { certificates } from "./aws/certificates.ts";
import { jobErrors } from "./aws/import-errors.ts";
import { jobs } from "./aws/import-jobs.ts";
import { progress } from "./aws/import-progress.ts";
import { rows } from "./aws/import-rows.ts";
import { ledger } from "./aws/ledger.ts";
import { lists } from "./aws/lists.ts";
import { materials } from "./aws/materials.ts";
import { pending } from "./aws/pending.ts";
import { plans } from "./aws/plans.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/dynamo.ts";
import { kms, opener } from "./aws/kms.ts";
import { committer } from "./aws/commit.ts";
import { advanceSender } from "./aws/import-queues.ts";
import { notices } from "./aws/notices.ts";
import { findObject } from "./aws/objects.ts";
import { orders } from "./aws/orders.ts";
import { lambda, packageTaker } from "./aws/package-taker.ts";
import { administrators, subscribers } from "./aws/people.ts";
import { type NightlyMessage, queueDepth, sender, sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { uploadForms } from "./aws/links.ts";
import { cachedAuthorities, cachedEnd } from "./authority/cached.ts";
import { environmentOf } from "./environment.ts";
import { administratorVerbs } from "./operator/administrators.ts";
import { auditVerbs } from "./operator/audit.ts";
import { certificateVerbs } from "./operator/certificates.ts";
import { domainVerbs } from "./operator/domains.ts";
import { healthVerbs } from "./operator/health.ts";
import { importVerbs } from "./operator/imports.ts";
import type { Invocation } from "./operator/identity.ts";
import { type OperatorAnswer, runCommand } from "./operator/run.ts";
import { expiresSeconds, type OperatorCall, stsOf } from "./operator/signed-call.ts";
import { tenantVerbs } from "./operator/tenants.ts";
import { policySetting } from "./registry/policy.ts";

const environment = environmentOf("operator");
const client = dynamo();
const queue = sqs();
const store = s3();
// As the SDK finds a service: Lambda sets the region, a local run the address.
const sts = process.env["AWS_ENDPOINT_URL_STS"] ?? stsOf(process.env["AWS_REGION"] ?? "");
const authority = cachedAuthorities(authorities(client, environment.AUTHORITIES_TABLE));
const context = {
  now: () => new Date(),
  askIdentity: callerIdentity(sts, expiresSeconds),
  random: randomBytes,
  brand: environment.BRAND,
  policy: policySetting(environment.CERTIFICATE_POLICY),
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  claims: claims(client, environment.REGISTRY_TABLE),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  admissions: admissions(client, environment.ADMISSIONS_TABLE),
  orders: orders(client, environment.ORDERS_TABLE),
  subscribers: subscribers(client, environment.REGISTRY_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  lists: lists(client, environment.CERTIFICATES_TABLE),
  pending: pending(client, environment.CERTIFICATES_TABLE),
  materials: materials(client, environment.MATERIALS_TABLE),
  ledger: ledger(client, environment.LEDGER_TABLE),
  plans: plans(client, environment.CERTIFICATES_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  archive: archive(store, environment.ARCHIVE_BUCKET),
  auditDays: auditDays(client, environment.AUDIT_TABLE),
  authority,
  open: opener(kms(), environment.SEALING_KEY),
  authorityEnd: cachedEnd(authority, "subscribers"),
  administratorsAuthorityEnd: cachedEnd(authority, "administrators"),
  findCrl: (key: string) => findObject(store, environment.REPOSITORY_BUCKET, key),
  queues: JSON.parse(environment.DEAD_LETTER_QUEUES) as { name: string; queue: string; deadLetters: string }[],
  depth: (url: string) => queueDepth(queue, url),
  sendNightly: sender<NightlyMessage>(queue, environment.NIGHTLY_QUEUE),
  jobs: jobs(client, environment.IMPORTS_TABLE),
  progress: progress(client, environment.IMPORTS_TABLE),
  rows: rows(client, environment.IMPORTS_TABLE),
  jobErrors: jobErrors(client, environment.IMPORTS_TABLE),
  uploadForm: uploadForms(store, environment.UPLOADS_BUCKET),
  takePackage: packageTaker(lambda(), environment.PACKAGE_LINKS_FUNCTION),
  sendAdvance: advanceSender(queue, environment.IMPORT_QUEUE),
  ...sendersOf(queue, environment),
} as const;

const verbs = {
  ...tenantVerbs(context),
  ...domainVerbs(context),
  ...administratorVerbs(context),
  ...certificateVerbs(context),
  ...auditVerbs(context),
  ...healthVerbs(context),
  ...importVerbs(context),
};

export const handler = (call: OperatorCall, invocation: Invocation): Promise<OperatorAnswer> =>
  runCommand(context, verbs, call, invocation);
