import { randomBytes } from "node:crypto";
import { access } from "./aws/access.ts";
import { admissions } from "./aws/admissions.ts";
import { audit } from "./aws/audit.ts";
import { jobErrors } from "./aws/import-errors.ts";
import { jobs } from "./aws/import-jobs.ts";
import { progress } from "./aws/import-progress.ts";
import { rows } from "./aws/import-rows.ts";
import { keyEnds } from "./aws/key-ends.ts";
import { ledger } from "./aws/ledger.ts";
import { deleteUnder } from "./aws/objects.ts";
import { materials } from "./aws/materials.ts";
import { pending } from "./aws/pending.ts";
import { plans } from "./aws/plans.ts";
import { logError, logger } from "./telemetry/log.ts";
import { messageHandler } from "./aws/queue-handler.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/dynamo.ts";
import { committer } from "./aws/commit.ts";
import { digests } from "./aws/digests.ts";
import { advanceSender, lookSender, packageSender, rowSender } from "./aws/import-queues.ts";
import { notices } from "./aws/notices.ts";
import { administrators, subscribers } from "./aws/people.ts";
import { type NightlyMessage, queueDepth, sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import type { Certificate } from "./certificates/certificate.ts";
import { preparedUnder } from "./downloads/download.ts";
import { remakePackage } from "./imports/remake-package.ts";
import { s3 } from "./aws/s3.ts";
import { askedInstant } from "./async/asked-instant.ts";
import { destroyKeys } from "./downloads/destroy.ts";
import { sweep } from "./issuance/sweep.ts";
import { environmentOf } from "./environment.ts";
import { endRowOf } from "./imports/end-row.ts";
import { sweepImports } from "./imports/sweep.ts";
import { revokeDue } from "./revocation/due.ts";
import { askedBy } from "./transaction/audit.ts";

const environment = environmentOf("nightly");
const client = dynamo();
const queues = sqs();
const store = s3();
const files = jobs(client, environment.IMPORTS_TABLE);
const fileRows = rows(client, environment.IMPORTS_TABLE);
const ports = {
  now: () => new Date(),
  random: randomBytes,
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  admissions: admissions(client, environment.ADMISSIONS_TABLE),
  subscribers: subscribers(client, environment.REGISTRY_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  pending: pending(client, environment.CERTIFICATES_TABLE),
  keyEnds: keyEnds(client, environment.CERTIFICATES_TABLE),
  materials: materials(client, environment.MATERIALS_TABLE),
  ledger: ledger(client, environment.LEDGER_TABLE),
  plans: plans(client, environment.CERTIFICATES_TABLE),
  access: access(client, environment.ACCESS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  digests: digests(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  jobs: files,
  progress: progress(client, environment.IMPORTS_TABLE),
  rows: fileRows,
  jobErrors: jobErrors(client, environment.IMPORTS_TABLE),
  endOrder: endRowOf(fileRows),
  jobOf: (tenantId: string, id: string) => files.find(tenantId, id),
  sendRows: rowSender(queues, environment.ROW_QUEUE),
  sendAdvance: advanceSender(queues, environment.IMPORT_QUEUE),
  sendLook: lookSender(queues, environment.IMPORT_QUEUE),
  ...packageSender(queues, environment.PACKAGE_QUEUE),
  removePrepared: async (certificate: Certificate) => {
    await deleteUnder(store, environment.DOWNLOADS_BUCKET, preparedUnder(certificate));
    await remakePackage(ports, certificate);
  },
  log: logError,
  issuancesWaiting: async () => (await queueDepth(queues, environment.ISSUANCE_QUEUE)).waiting,
  ...sendersOf(queues, environment),
} as const;

/** No revocation is begun after this much of the function's 300 seconds: the rest is for the CRL, the mails and the sweep. */
const working = 240_000;
/** Keys are destroyed after the revocations, and for no longer than this. */
const destroying = 255_000;

export const handler = messageHandler<NightlyMessage>(async ({ asker, ...message }) => {
  const context = asker === undefined ? ports : { ...ports, audit: askedBy(ports.audit, asker) };
  if (asker !== undefined) logger.info("asked for", { by: asker.name, requestId: asker.requestId, ...message });
  const now = context.now();
  const at = askedInstant(message.at, now);
  // The sweep, every five minutes, takes up what a midnight left behind, so that one failure costs minutes.
  const done = await revokeDue(context, message.task === "nightly" ? at : now, new Date(now.getTime() + working));
  logger.info("planned revocations", { at: at.toISOString(), ...done });
  // Also what has ended since the last sweep, such as the key of a certificate that was revoked.
  const keys = await destroyKeys(context, message.task === "nightly" ? at : now, new Date(now.getTime() + destroying));
  logger.info("keys", { at: at.toISOString(), ...keys });
  if (message.task === "nightly") {
    // The message comes back for what is left.
    if (done.left > 0) throw new Error(`${done.left} planned revocations are still due`);
    if (keys.left > 0) throw new Error(`${keys.left} private keys are still to be destroyed`);
  }
  const swept = await sweep(context, now);
  const files = await sweepImports(context, now);
  logger.info("sweep", { ...swept, files });
});
