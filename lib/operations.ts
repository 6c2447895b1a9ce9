import { Aws, Duration, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import { Handler } from "./handler.ts";
import type { Imports } from "./imports.ts";
import type { Parameters } from "./parameters.ts";
import type { Repository } from "./repository.ts";
import type { SealingKey } from "./sealing-key.ts";
import type { Tables } from "./tables.ts";
import type { WorkQueue } from "./work-queue.ts";

export type OperationsProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly sealing: SealingKey;
  readonly repository: Repository;
  readonly queues: Readonly<
    Record<"issuance" | "notices" | "publication" | "nightly" | "files" | "rows" | "packages", WorkQueue>
  >;
  readonly imports: Imports;
};

/** What the operator's command does: called by its name through IAM, by nothing else. */
export class Operations extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { parameters, tables, sealing, repository, queues, imports }: OperationsProps,
  ) {
    super(scope, id);
    const all = Object.values(queues);
    const operator = new Handler(this, "OperatorFunction", {
      entry: "operator",
      functionName: `${Aws.STACK_NAME}-operator`,
      timeout: Duration.seconds(60),
      memory: 512,
      environment: {
        ...tables.environment,
        IMPORTS_TABLE: tables.imports.tableName,
        UPLOADS_BUCKET: imports.uploads.bucketName,
        PACKAGES_BUCKET: imports.packed.bucketName,
        PACKAGE_QUEUE: queues.packages.queue.queueUrl,
        SEALING_KEY: sealing.key.keyArn,
        ISSUANCE_QUEUE: queues.issuance.queue.queueUrl,
        MAIL_QUEUE: queues.notices.queue.queueUrl,
        PUBLICATION_QUEUE: queues.publication.queue.queueUrl,
        NIGHTLY_QUEUE: queues.nightly.queue.queueUrl,
        REPOSITORY_BUCKET: repository.bucket.bucketName,
        DEAD_LETTER_QUEUES: Stack.of(this).toJsonString(all.map((work) => work.description)),
        BRAND: parameters.brand,
      },
    });
    tables.grantReadWrite(operator, tables.registry, tables.certificates, tables.access, tables.imports);
    imports.grantUpload(operator);
    imports.grantFetchPackages(operator);
    tables.grantRecord(operator);
    sealing.grantOpen(operator, "password");
    repository.grantRead(operator);
    for (const work of [queues.issuance, queues.notices, queues.publication, queues.nightly, queues.packages]) {
      work.grantSend(operator);
    }
    for (const work of all) work.grantCount(operator);
  }
}
