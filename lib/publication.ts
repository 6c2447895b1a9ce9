import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { type MetricName, metricNamespace, metricService } from "../lambdas/contract/metrics.ts";
import type { Alarms } from "./alarms.ts";
import type { AuthorityKeys, AuthorityName, Issuer, PerIssuer } from "./authority-keys.ts";
import { Handler } from "./handler.ts";
import type { Parameters } from "./parameters.ts";
import type { Repository } from "./repository.ts";
import { keysOf, type Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

/** Reading a whole ledger of a million revocations takes a third of it, what is sent to and from S3 another. */
const timeout = Duration.seconds(60);
/** MB: a whole processor. A list of a million entries takes half of it. */
const memory = 1769;

export type PublicationProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly keys: AuthorityKeys;
  readonly repository: Repository;
  readonly alarms: Alarms;
};

/** Publishes CRLs from the revocation ledger: each authority's by a function of its own. */
export class Publication extends Construct {
  readonly work: PerIssuer<WorkQueue>;

  constructor(scope: Construct, id: string, props: PublicationProps) {
    super(scope, id);
    const { keys } = props;
    this.work = {
      subscribers: this.queue(props, "Publication"),
      administrators: this.queue(props, "AdministratorsPublication"),
    };
    const subscribers = new Handler(this, "CrlPublisherFunction", {
      entry: "crl-publisher",
      timeout,
      memory,
      needs: {
        ...common(props, "subscribers", ["subscribers"]),
        SUBSCRIBERS_KEY: keys.allow("subscribers", "sign"),
      },
    });
    const administrators = new Handler(this, "AdministratorsCrlPublisherFunction", {
      entry: "administrators-crl-publisher",
      timeout,
      memory,
      needs: {
        // It looks after the root's list, too, which is signed elsewhere.
        ...common(props, "administrators", ["administrators", "root"]),
        ADMINISTRATORS_KEY: keys.allow("administrators", "sign"),
      },
    });
    // Revocations within a second share one publication. Two publishers, Lambda's minimum, do no harm: one of them fails
    // its condition and retries. More would only retry more.
    const kept = props.parameters.keepsConcurrency;
    const consumption = { batchSize: 100, gather: Duration.seconds(1), maxConcurrency: 2, kept, partialFailures: true };
    this.work.subscribers.consumedBy(subscribers, consumption);
    this.work.administrators.consumedBy(administrators, consumption);
    this.watch(props.alarms);
  }

  private queue({ alarms }: PublicationProps, id: string): WorkQueue {
    return new WorkQueue(this, id, {
      timeout,
      alarms,
      consequence:
        "A revocation did not reach the CRL: revoked certificates still pass. Look at the log of the function that publishes it.",
    });
  }

  /** Alarms on what the publisher counts. Its errors show nothing: a failed publication is reported to the queue. */
  private watch(alarms: Alarms): void {
    const count = (metricName: MetricName, dimensions: Readonly<Record<string, string>> = {}): Metric =>
      new Metric({
        namespace: metricNamespace,
        metricName,
        dimensionsMap: { service: metricService, ...dimensions },
        statistic: Stats.SUM,
      });
    const hour = { period: Duration.hours(1) };
    alarms.add("CrlAgeAlarm", {
      metric: new MathExpression({
        label: "Publications of the CRL that was signed most seldom",
        expression: "IF(subscribers < administrators, subscribers, administrators)",
        usingMetrics: {
          subscribers: count("CrlPublished", { issuer: "subscribers" }).with(hour),
          administrators: count("CrlPublished", { issuer: "administrators" }).with(hour),
        },
        ...hour,
      }),
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription:
        "A CRL was not signed for three hours though one is due hourly: relying parties will refuse every certificate once it is out of date (CrlLifetimeHours after it was signed). Look at CrlPublisherFunction's log.",
    });
    alarms.add("CrlDifferenceAlarm", {
      metric: count("CrlDiffersFromLedger").with({ period: Duration.minutes(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription:
        "What was at a CRL's address was not the list that was put there, or lacked revocations that the ledger has: revoked certificates may have passed meanwhile. It is replaced already. Somebody else wrote to RepositoryBucket, or it was restored; see `operator health` and CrlPublisherFunction's log.",
    });
  }
}

/** What a publisher needs whatever it publishes. */
const common = (
  { parameters, tables, repository }: PublicationProps,
  issuer: Issuer,
  watched: readonly AuthorityName[],
) => ({
  LEDGER_TABLE: tables.allow(tables.ledger, "read"),
  AUTHORITIES_TABLE: tables.allow(tables.authorities, "read", {
    keys: watched.map((name) => keysOf.crlCounter(name)),
    rights: ["change"],
  }),
  REPOSITORY_BUCKET: repository.publishCrls(issuer, watched),
  CRL_LIFETIME_HOURS: parameters.crlLifetimeHours,
  BRAND: parameters.brand,
});
