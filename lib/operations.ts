import { Aws, Duration, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { AuditArchive } from "./audit-archive.ts";
import { Handler } from "./handler.ts";
import type { Imports } from "./imports.ts";
import type { Parameters } from "./parameters.ts";
import type { Repository } from "./repository.ts";
import type { SealingKey } from "./sealing-key.ts";
import { keysOf, type Tables } from "./tables.ts";
import type { WorkQueue } from "./work-queue.ts";

export type OperationsProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly sealing: SealingKey;
  readonly repository: Repository;
  readonly queues: Readonly<
    Record<
      | "issuance"
      | "administratorsIssuance"
      | "notices"
      | "publication"
      | "administratorsPublication"
      | "nightly"
      | "files"
      | "rows"
      | "packages",
      WorkQueue
    >
  >;
  readonly imports: Imports;
  readonly archive: AuditArchive;
};

/** The function behind the operator's command, which invokes it by name through IAM; nothing else calls it. */
export class Operations extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { parameters, tables, sealing, repository, queues, imports, archive }: OperationsProps,
  ) {
    super(scope, id);
    const all = Object.values(queues);
    new Handler(this, "OperatorFunction", {
      entry: "operator",
      functionName: `${Aws.STACK_NAME}-operator`,
      timeout: Duration.seconds(60),
      // A whole processor: `health` reads the ledgers, of which one may have a million entries.
      memory: 1769,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read", "write", { keys: keysOf.claims, rights: ["delete"] }),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "write"),
        MATERIALS_TABLE: tables.allow(tables.materials, "read", "write"),
        LEDGER_TABLE: tables.allow(tables.ledger, "read", { keys: [keysOf.ledger("*")], rights: ["record"] }),
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
        ORDERS_TABLE: tables.allow(tables.orders, { keys: [keysOf.orders("administrators")], rights: ["record"] }),
        ADMISSIONS_TABLE: tables.allow(tables.admissions, { keys: [keysOf.admissionEnds], rights: ["record"] }),
        ACCESS_TABLE: tables.allow(tables.access, "read", { keys: [keysOf.notices], rights: ["write"] }),
        AUDIT_TABLE: tables.allow(tables.audit, "record", "list"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write"),
        UPLOADS_BUCKET: imports.upload,
        PACKAGE_LINKS_FUNCTION: imports.packed.take,
        IMPORT_QUEUE: queues.files.send,
        SEALING_KEY: sealing.open("password"),
        ADMINISTRATORS_ISSUANCE_QUEUE: queues.administratorsIssuance.send,
        MAIL_QUEUE: queues.notices.send,
        PUBLICATION_QUEUE: queues.publication.send,
        ADMINISTRATORS_PUBLICATION_QUEUE: queues.administratorsPublication.send,
        NIGHTLY_QUEUE: queues.nightly.send,
        REPOSITORY_BUCKET: repository.read,
        ARCHIVE_BUCKET: archive.read,
        DEAD_LETTER_QUEUES: {
          value: Stack.of(this).toJsonString(all.map((work) => work.description)),
          rights: all.map((work) => work.countAll),
        },
        BRAND: parameters.brand,
        CERTIFICATE_POLICY: parameters.policy,
      },
    });
  }
}
