import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { AuthorityKeys, Issuer, PerIssuer } from "./authority-keys.ts";
import { Handler } from "./handler.ts";
import type { Parameters } from "./parameters.ts";
import type { SealingKey } from "./sealing-key.ts";
import { keysOf, type Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(30);
/** MB: one whole processor, because issuers make RSA key pairs. */
const memory = 1769;

export type IssuanceProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly keys: AuthorityKeys;
  readonly sealing: SealingKey;
  readonly notices: WorkQueue;
  readonly publication: PerIssuer<WorkQueue>;
  readonly alarms: Alarms;
};

/**
 * Issues certificates: each authority has a function and a queue of its own. The administrators' queue takes messages
 * of the operator's function and the sweep alone.
 */
export class Issuance extends Construct {
  readonly work: PerIssuer<WorkQueue>;

  constructor(scope: Construct, id: string, props: IssuanceProps) {
    super(scope, id);
    const { tables, keys, publication, alarms } = props;
    const kept = props.parameters.keepsConcurrency;
    this.work = {
      subscribers: new WorkQueue(this, "Issuance", {
        timeout,
        alarms,
        consequence:
          "Subscribers wait for certificates. Look at IssuerFunction's log; the sweep takes up what is mended.",
      }),
      administrators: new WorkQueue(this, "AdministratorsIssuance", {
        timeout,
        alarms,
        consequence:
          "An administrator waits for a certificate, or somebody else than the operator has tried to have one signed. Look at AdministratorsIssuerFunction's log.",
      }),
    };
    const subscribers = new Handler(this, "IssuerFunction", {
      entry: "issuer",
      timeout,
      memory,
      needs: {
        ...common(props, "subscribers"),
        SUBSCRIBERS_KEY: keys.allow("subscribers", "sign"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write"),
        PUBLICATION_QUEUE: publication.subscribers.send,
      },
    });
    this.work.subscribers.consumedBy(subscribers, { batchSize: 10, maxConcurrency: 10, kept, partialFailures: true });
    const administrators = new Handler(this, "AdministratorsIssuerFunction", {
      entry: "administrators-issuer",
      timeout,
      memory,
      needs: {
        ...common(props, "administrators"),
        ADMINISTRATORS_KEY: keys.allow("administrators", "sign"),
        ADMISSIONS_TABLE: tables.allow(tables.admissions, {
          keys: [keysOf.admissions, keysOf.admissionEnds],
          rights: ["record"],
        }),
        ADMINISTRATORS_PUBLICATION_QUEUE: publication.administrators.send,
      },
    });
    this.work.administrators.consumedBy(administrators, {
      batchSize: 10,
      maxConcurrency: 2,
      kept,
      partialFailures: true,
    });
  }
}

/** What an issuer needs whatever it issues. */
const common = ({ parameters, tables, sealing, notices }: IssuanceProps, issuer: Issuer) => ({
  REGISTRY_TABLE: tables.allow(tables.registry, "read", { keys: [keysOf.tenants], rights: ["change"] }),
  CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "write"),
  MATERIALS_TABLE: tables.allow(tables.materials, "read", "write"),
  ORDERS_TABLE: tables.allow(tables.orders, "read"),
  LEDGER_TABLE: tables.allow(tables.ledger, { keys: [keysOf.ledger(issuer)], rights: ["record"] }),
  AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
  ACCESS_TABLE: tables.allow(tables.access, { keys: [keysOf.credentials, keysOf.notices], rights: ["record"] }),
  AUDIT_TABLE: tables.allow(tables.audit, "record"),
  SEALING_KEY: sealing.seal,
  MAIL_QUEUE: notices.send,
  REPOSITORY_URL: parameters.repositoryUrl,
  CERTIFICATE_POLICY: parameters.policy,
});
