import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnBucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";
import type { Parameters } from "./parameters.ts";
import { privateBucket } from "./private-bucket.ts";
import type { Tables } from "./tables.ts";

export type AuditArchiveProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly alarms: Alarms;
};

/** The audit's days as files that nobody can change or delete until their retention ends, each naming the hash of the last. */
export class AuditArchive extends Construct {
  readonly #bucket: IBucket;

  constructor(scope: Construct, id: string, { parameters, tables, alarms }: AuditArchiveProps) {
    super(scope, id);
    this.#bucket = privateBucket(this, "ArchiveBucket", { versioned: true });
    this.lock(parameters);
    const exporter = new Handler(this, "AuditExporterFunction", {
      entry: "audit-exporter",
      timeout: Duration.minutes(15),
      memory: 1024,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "list"),
        AUDIT_TABLE: tables.allow(tables.audit, "list"),
        ARCHIVE_BUCKET: this.allow("s3:GetObject", "s3:PutObject"),
      },
    });
    const schedule = new Schedule(this, "Export", {
      description: "Writes the file of the audit's last day, and of days that were missed",
      // UTC, as the audit's days; the day is over for the archive half an hour after midnight.
      schedule: ScheduleExpression.cron({ minute: "45", hour: "0" }),
      target: new LambdaInvoke(exporter.function, { input: ScheduleTargetInput.fromObject({}) }),
    });
    withLogicalId(schedule, "AuditExportSchedule");
    alarms.add("AuditExportFailuresAlarm", {
      metric: exporter.function.metricErrors({ period: Duration.hours(1), statistic: "Sum" }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription:
        "The audit's last day was not written to the locked archive. Look at AuditExporterFunction's log; the next run makes up for it.",
    });
  }

  get read(): Need {
    return this.allow("s3:GetObject");
  }

  private allow(...actions: readonly string[]): Need {
    return {
      value: this.#bucket.bucketName,
      rights: [
        { actions, resources: [this.#bucket.arnForObjects("*")] },
        { actions: ["s3:ListBucket"], resources: [this.#bucket.bucketArn] },
      ],
    };
  }

  /** Retention for each object from its put on; a day's file is put once, and nobody may hide or unlock it. */
  private lock({ auditLockMode, auditRetentionDays }: Parameters): void {
    const bucket = this.#bucket.node.defaultChild;
    if (!(bucket instanceof CfnBucket)) throw new Error("ArchiveBucket is no single bucket");
    bucket.objectLockEnabled = true;
    bucket.addPropertyOverride("ObjectLockConfiguration", {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: auditLockMode, Days: auditRetentionDays } },
    });
    const objects = [this.#bucket.arnForObjects("*")];
    const denied = { effect: Effect.DENY, principals: [new AnyPrincipal()], resources: objects };
    this.#bucket.addToResourcePolicy(
      new PolicyStatement({
        ...denied,
        actions: ["s3:PutObject"],
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
        conditions: { Null: { "s3:if-none-match": "true" } },
      }),
    );
    this.#bucket.addToResourcePolicy(
      new PolicyStatement({
        ...denied,
        actions: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention", "s3:PutObjectRetention"],
      }),
    );
  }
}
