import { randomBytes } from "node:crypto";
import type { S3Event } from "aws-lambda";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { jobErrors } from "./aws/import-errors.ts";
import { jobs } from "./aws/import-jobs.ts";
import { progress } from "./aws/import-progress.ts";
import { rows } from "./aws/import-rows.ts";
import { logger } from "./telemetry/log.ts";
import { messageHandler } from "./aws/queue-handler.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/dynamo.ts";
import { committer } from "./aws/commit.ts";
import { type AdvanceMessage, advanceSender, type LookMessage, packageSender, rowSender } from "./aws/import-queues.ts";
import { registryLookUps } from "./aws/look-ups.ts";
import { notices } from "./aws/notices.ts";
import { administrators } from "./aws/people.ts";
import { sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { uploadFinder, uploadReader } from "./aws/upload-reader.ts";
import { cachedAuthorities, cachedEnd } from "./authority/cached.ts";
import { environmentOf } from "./environment.ts";
import { checkDelivery } from "./imports/check.ts";
import { jobOfUpload } from "./imports/create.ts";
import { advanceJob } from "./imports/advance.ts";
import { lookForUpload } from "./imports/late-upload.ts";

const environment = environmentOf("importer");
const client = dynamo();
const queues = sqs();
const store = s3();
const context = {
  now: () => new Date(),
  random: randomBytes,
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  lookUps: registryLookUps(client, environment.REGISTRY_TABLE),
  jobs: jobs(client, environment.IMPORTS_TABLE),
  progress: progress(client, environment.IMPORTS_TABLE),
  rows: rows(client, environment.IMPORTS_TABLE),
  jobErrors: jobErrors(client, environment.IMPORTS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  authorityEnd: cachedEnd(cachedAuthorities(authorities(client, environment.AUTHORITIES_TABLE)), "subscribers"),
  readUpload: uploadReader(store, environment.UPLOADS_BUCKET),
  findUpload: uploadFinder(store, environment.UPLOADS_BUCKET),
  sendRows: rowSender(queues, environment.ROW_QUEUE),
  sendAdvance: advanceSender(queues, environment.IMPORT_QUEUE),
  sendPackage: packageSender(queues, environment.PACKAGE_QUEUE).sendPackage,
  sendNotices: sendersOf(queues, environment).sendNotices,
} as const;

/** What S3 sends when notifications are switched on, before any upload. */
type TestEvent = { readonly Event: "s3:TestEvent" };

/** Uploads that have arrived are checked, accepted files advance: all messages come on one queue. */
export const handler = messageHandler<S3Event | TestEvent | AdvanceMessage | LookMessage>(async (message, receives) => {
  if ("lookAt" in message) {
    const outcome = await lookForUpload(context, message, new Date(message.lookAt), receives);
    logger.info("late upload", { jobId: message.jobId, outcome });
    return;
  }
  if ("jobId" in message) {
    const outcome = await advanceJob(context, message, message.turn, receives);
    logger.info("advance", { jobId: message.jobId, turn: message.turn, outcome });
    return;
  }
  if (!("Records" in message)) return;
  for (const { s3: uploaded } of message.Records) {
    // As in a form: percent-encoded, a blank as "+".
    const key = decodeURIComponent(uploaded.object.key.replaceAll("+", " "));
    const job = jobOfUpload(key);
    const { versionId } = uploaded.object;
    if (job === undefined || versionId === undefined) continue;
    const outcome = await checkDelivery(context, job, versionId, receives);
    logger.info("upload", { jobId: job.jobId, outcome });
  }
});
