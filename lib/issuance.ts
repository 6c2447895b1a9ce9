import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import { Handler } from "./handler.ts";
import type { Parameters } from "./parameters.ts";
import type { SealingKey } from "./sealing-key.ts";
import type { Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(30);

export type IssuanceProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly keys: AuthorityKeys;
  readonly sealing: SealingKey;
  readonly notices: WorkQueue;
  readonly publication: WorkQueue;
  readonly alarms: Alarms;
};

/** From a registered row to an issued certificate. */
export class Issuance extends Construct {
  readonly work: WorkQueue;

  constructor(scope: Construct, id: string, props: IssuanceProps) {
    super(scope, id);
    const { parameters, tables, keys, sealing, notices, publication, alarms } = props;
    this.work = new WorkQueue(this, "Issuance", {
      timeout,
      alarms,
      consequence:
        "Subscribers wait for certificates. Look at IssuerFunction's log; the sweep takes up what is mended.",
    });
    const issuer = new Handler(this, "IssuerFunction", {
      entry: "issuer",
      timeout,
      // A whole processor: it makes RSA key pairs.
      memory: 1769,
      environment: {
        ...tables.environment,
        IMPORTS_TABLE: tables.imports.tableName,
        SEALING_KEY: sealing.key.keyArn,
        SUBSCRIBERS_KEY: keys.subscribers.keyArn,
        ADMINISTRATORS_KEY: keys.administrators.keyArn,
        MAIL_QUEUE: notices.queue.queueUrl,
        PUBLICATION_QUEUE: publication.queue.queueUrl,
        REPOSITORY_URL: parameters.repositoryUrl,
        CERTIFICATE_POLICY: parameters.policy,
      },
    });
    this.work.consumedBy(issuer, { batchSize: 10, maxConcurrency: 10, partialFailures: true });
    tables.grantReadWrite(issuer, tables.registry, tables.certificates, tables.access, tables.imports);
    tables.grantRecord(issuer);
    keys.grantSignIssuing(issuer);
    sealing.grantSeal(issuer);
    notices.grantSend(issuer);
    publication.grantSend(issuer);
  }
}
