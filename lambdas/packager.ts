import { randomBytes } from "node:crypto";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { jobs } from "./aws/import-jobs.ts";
import { rows } from "./aws/import-rows.ts";
import { materials } from "./aws/materials.ts";
import { logger } from "./telemetry/log.ts";
import { messageHandler } from "./aws/queue-handler.ts";
import { certificates } from "./aws/certificates.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/dynamo.ts";
import { kms, opener } from "./aws/kms.ts";
import { committer } from "./aws/commit.ts";
import type { PackageMessage } from "./aws/import-queues.ts";
import { notices } from "./aws/notices.ts";
import { zipStore } from "./aws/packages.ts";
import { administrators } from "./aws/people.ts";
import { sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { cachedAuthorities } from "./authority/cached.ts";
import { environmentOf } from "./environment.ts";
import { markPackage, packageJob } from "./imports/package.ts";

const environment = environmentOf("packager");
const client = dynamo();
const context = {
  now: () => new Date(),
  random: randomBytes,
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  materials: materials(client, environment.MATERIALS_TABLE),
  jobs: jobs(client, environment.IMPORTS_TABLE),
  rows: rows(client, environment.IMPORTS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  open: opener(kms(), environment.SEALING_KEY),
  keyRetentionDays: Number(environment.KEY_RETENTION_DAYS),
  authority: cachedAuthorities(authorities(client, environment.AUTHORITIES_TABLE)),
  storeZip: zipStore(s3(), environment.PACKAGES_BUCKET),
  sendNotices: sendersOf(sqs(), environment).sendNotices,
} as const;

export const handler = messageHandler<PackageMessage>(async ({ task, ...key }) => {
  const outcome = task === "mark" ? await markPackage(context, key) : await packageJob(context, key);
  logger.info("package", { task, jobId: key.jobId, outcome });
});
