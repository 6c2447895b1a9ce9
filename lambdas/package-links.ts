import { randomBytes } from "node:crypto";
import { audit } from "./aws/audit.ts";
import { committer } from "./aws/commit.ts";
import { dynamo } from "./aws/dynamo.ts";
import { jobs } from "./aws/import-jobs.ts";
import { packageSender } from "./aws/import-queues.ts";
import { fileLinks } from "./aws/links.ts";
import { notices } from "./aws/notices.ts";
import type { PackageAnswer } from "./aws/package-taker.ts";
import { administrators } from "./aws/people.ts";
import { sqs } from "./aws/queues.ts";
import { s3 } from "./aws/s3.ts";
import { sendersOf } from "./aws/senders.ts";
import { environmentOf } from "./environment.ts";
import { fetchPackage, type FetchRequest } from "./imports/fetch-package.ts";
import { Refusal } from "./refusal.ts";

const environment = environmentOf("package-links");
const client = dynamo();
const queues = sqs();
const context = {
  now: () => new Date(),
  random: randomBytes,
  commit: committer(client),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  jobs: jobs(client, environment.IMPORTS_TABLE),
  linkTo: fileLinks(s3(), environment.PACKAGES_BUCKET),
  sendMarking: packageSender(queues, environment.PACKAGE_QUEUE).sendMarking,
  sendNotices: sendersOf(queues, environment).sendNotices,
} as const;

/** Whoever may call this gets a link only with the audit's line and the announcement, which are made here. */
export const handler = async (request: FetchRequest): Promise<PackageAnswer> => {
  try {
    return { fetched: await fetchPackage(context, request) };
  } catch (error) {
    // A refusal is an answer; whatever else is thrown fails the invocation.
    if (error instanceof Refusal) return { refused: error.kind };
    throw error;
  }
};
