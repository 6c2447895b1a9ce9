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

/** Issues the certificates that were registered. */
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
      // One whole processor, because it makes RSA key pairs.
      memory: 1769,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read", "write"),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "write"),
        ACCESS_TABLE: tables.allow(tables.access, "read", "write"),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write"),
        SEALING_KEY: sealing.seal,
        SUBSCRIBERS_KEY: keys.allow(keys.subscribers, "sign"),
        ADMINISTRATORS_KEY: keys.allow(keys.administrators, "sign"),
        MAIL_QUEUE: notices.send,
        PUBLICATION_QUEUE: publication.send,
        REPOSITORY_URL: parameters.repositoryUrl,
        CERTIFICATE_POLICY: parameters.policy,
      },
    });
    this.work.consumedBy(issuer, { batchSize: 10, maxConcurrency: 10, partialFailures: true });
  }
}
