import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { PerIssuer } from "./authority-keys.ts";
import type { Downloads } from "./downloads.ts";
import { Handler } from "./handler.ts";
import type { Imports } from "./imports.ts";
import type { Parameters } from "./parameters.ts";
import { keysOf, type Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(300);

export type NightlyProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly issuance: PerIssuer<WorkQueue>;
  readonly notices: WorkQueue;
  readonly publication: PerIssuer<WorkQueue>;
  readonly imports: Imports;
  readonly downloads: Downloads;
  readonly alarms: Alarms;
};

/** Work that falls due by date, and work that has not finished in time. */
export class Nightly extends Construct {
  readonly work: WorkQueue;

  constructor(
    scope: Construct,
    id: string,
    { parameters, tables, issuance, notices, publication, imports, downloads, alarms }: NightlyProps,
  ) {
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
      // A whole processor: a midnight's revocations wait for it more than for the tables.
      memory: 1769,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read", { keys: [keysOf.tenants], rights: ["change"] }),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "change"),
        MATERIALS_TABLE: tables.allow(tables.materials, "read", "write"),
        LEDGER_TABLE: tables.allow(tables.ledger, "read", { keys: [keysOf.ledger("*")], rights: ["record"] }),
        ADMISSIONS_TABLE: tables.allow(tables.admissions, { keys: [keysOf.admissionEnds], rights: ["record"] }),
        // It ends the logins of destroyed keys, and deletes digests that were sent.
        ACCESS_TABLE: tables.allow(tables.access, "read", {
          keys: [keysOf.credentials, keysOf.notices, keysOf.digests],
          rights: ["write", "delete"],
        }),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write", "delete"),
        DOWNLOADS_BUCKET: downloads.remove,
        IMPORT_QUEUE: imports.files.send,
        ROW_QUEUE: imports.rows.send,
        PACKAGE_QUEUE: imports.packages.send,
        ISSUANCE_QUEUE: issuance.subscribers.sendAndCount,
        ADMINISTRATORS_ISSUANCE_QUEUE: issuance.administrators.send,
        MAIL_QUEUE: notices.send,
        PUBLICATION_QUEUE: publication.subscribers.send,
        ADMINISTRATORS_PUBLICATION_QUEUE: publication.administrators.send,
      },
    });
    const kept = parameters.keepsConcurrency;
    this.work.consumedBy(nightly, { batchSize: 1, maxConcurrency: 5, kept, partialFailures: true });
  }
}
