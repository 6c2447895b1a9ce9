import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { Handler } from "./handler.ts";
import type { Imports } from "./imports.ts";
import type { Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(300);

export type NightlyProps = {
  readonly tables: Tables;
  readonly issuance: WorkQueue;
  readonly notices: WorkQueue;
  readonly publication: WorkQueue;
  readonly imports: Imports;
  readonly alarms: Alarms;
};

/** Work that falls due by the clock, and what stands too long. */
export class Nightly extends Construct {
  readonly work: WorkQueue;

  constructor(scope: Construct, id: string, { tables, issuance, notices, publication, imports, alarms }: NightlyProps) {
    super(scope, id);
    this.work = new WorkQueue(this, "Nightly", {
      timeout,
      alarms,
      consequence:
        "Planned revocations are not carried out; stuck certificates and unsent mails are not taken up. Look at NightlyFunction's log.",
    });
    const nightly = new Handler(this, "NightlyFunction", {
      entry: "nightly",
      timeout,
      memory: 512,
      environment: {
        ...tables.environment,
        IMPORTS_TABLE: tables.imports.tableName,
        IMPORT_QUEUE: imports.files.queue.queueUrl,
        ROW_QUEUE: imports.rows.queue.queueUrl,
        PACKAGE_QUEUE: imports.packages.queue.queueUrl,
        ISSUANCE_QUEUE: issuance.queue.queueUrl,
        MAIL_QUEUE: notices.queue.queueUrl,
        PUBLICATION_QUEUE: publication.queue.queueUrl,
      },
    });
    this.work.consumedBy(nightly, { batchSize: 1, partialFailures: true });
    tables.grantReadWrite(nightly, tables.registry, tables.certificates, tables.access, tables.imports);
    // Digests and files that have come to their end.
    tables.grantDelete(nightly, tables.access, tables.imports);
    tables.grantRecord(nightly);
    for (const work of [issuance, notices, publication, ...imports.queues]) work.grantSend(nightly);
    issuance.grantCount(nightly);
  }
}
