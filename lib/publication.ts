import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import { Handler } from "./handler.ts";
import type { Repository } from "./repository.ts";
import type { Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(30);

export type PublicationProps = {
  readonly tables: Tables;
  readonly keys: AuthorityKeys;
  readonly repository: Repository;
  readonly alarms: Alarms;
};

/** From the revocation ledger to the CRL at its address. */
export class Publication extends Construct {
  readonly work: WorkQueue;

  constructor(scope: Construct, id: string, { tables, keys, repository, alarms }: PublicationProps) {
    super(scope, id);
    this.work = new WorkQueue(this, "Publication", {
      timeout,
      alarms,
      consequence:
        "A revocation did not reach the CRL: revoked certificates still pass. Look at CrlPublisherFunction's log.",
    });
    const publisher = new Handler(this, "CrlPublisherFunction", {
      entry: "crl-publisher",
      timeout,
      memory: 1024,
      environment: {
        CERTIFICATES_TABLE: tables.certificates.tableName,
        SUBSCRIBERS_KEY: keys.subscribers.keyArn,
        ADMINISTRATORS_KEY: keys.administrators.keyArn,
        REPOSITORY_BUCKET: repository.bucket.bucketName,
      },
    });
    this.work.consumedBy(publisher, { batchSize: 10 });
    tables.grantReadWrite(publisher, tables.certificates);
    keys.grantSignIssuing(publisher);
    repository.grantPublish(publisher);

    const hour = { period: Duration.hours(1) };
    alarms.add("CrlAgeAlarm", {
      metric: new MathExpression({
        label: "CRL publications that succeeded",
        expression: "invocations - errors",
        usingMetrics: {
          invocations: publisher.function.metricInvocations(hour),
          errors: publisher.function.metricErrors(hour),
        },
        ...hour,
      }),
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription:
        "No CRL was signed for three hours though one is due hourly: relying parties will refuse every certificate once it is out of date.",
    });
  }
}
