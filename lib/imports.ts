import { Aws, Duration } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnBucket, HttpMethods, type IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { PerIssuer } from "./authority-keys.ts";
import { Handler } from "./handler.ts";
import type { Need } from "./needs.ts";
import { Packages } from "./packages.ts";
import type { Parameters } from "./parameters.ts";
import { privateBucket } from "./private-bucket.ts";
import type { SealingKey } from "./sealing-key.ts";
import { keysOf, type Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

export type ImportsProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly sealing: SealingKey;
  readonly issuance: PerIssuer<WorkQueue>;
  readonly publication: PerIssuer<WorkQueue>;
  readonly notices: WorkQueue;
  readonly alarms: Alarms;
};

const checking = Duration.seconds(120);
const working = Duration.seconds(30);
/** Lambda's maximum. Packing 10,000 certificates takes about half of it. */
const packing = Duration.seconds(900);
const kept = Duration.days(7);

/** CSV files: checks uploads, works through their rows and makes packages of the certificates. */
export class Imports extends Construct {
  /** Events of uploads, and messages that advance running files. */
  readonly files: WorkQueue;
  readonly rows: WorkQueue;
  readonly packages: WorkQueue;
  readonly uploads: IBucket;
  readonly packed: Packages;

  constructor(scope: Construct, id: string, props: ImportsProps) {
    super(scope, id);
    const { parameters, alarms } = props;
    this.files = new WorkQueue(this, "Import", {
      timeout: checking,
      alarms,
      consequence:
        "Administrators' files are not checked or make no progress. Look at ImporterFunction's log; the sweep ends what cannot go on.",
    });
    this.rows = new WorkQueue(this, "Row", {
      timeout: working,
      alarms,
      consequence:
        "Rows of administrators' files are not done. Look at RowWorkerFunction's log; the sweep sends them again.",
    });
    this.packages = new WorkQueue(this, "Package", {
      timeout: packing,
      alarms,
      consequence:
        "Administrators wait for the certificates of a file. Look at PackagerFunction's log; the sweep asks again.",
    });
    // With versions, the first upload under a key stays readable after a second one, which is ignored.
    this.uploads = privateBucket(this, "UploadsBucket", {
      versioned: true,
      lifecycleRules: [
        { expiration: kept, noncurrentVersionExpiration: kept, abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      cors: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: [`https://${parameters.adminHost}`],
          allowedHeaders: ["*"],
          maxAge: 3600,
        },
      ],
    });
    const { tables, notices } = props;
    this.packed = new Packages(this, "Packed", { tables, notices, packages: this.packages, kept });
    this.announceUploads();
    this.importer(props);
    this.rowWorker(props);
    this.packager(props);
  }

  /** To sign forms that upload a file: a form writes with the rights of its signer. */
  get upload(): Need {
    return objects(this.uploads, "s3:PutObject");
  }

  /** S3 sends an event of every upload to the queue. It checks its permission when this is configured, so the queue's policy comes first. */
  private announceUploads(): void {
    this.files.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("s3.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [this.files.queue.queueArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    const bucket = this.uploads.node.defaultChild;
    if (!(bucket instanceof CfnBucket)) throw new Error("UploadsBucket is no single bucket");
    bucket.notificationConfiguration = {
      queueConfigurations: [{ event: "s3:ObjectCreated:*", queue: this.files.queue.queueArn }],
    };
    bucket.node.addDependency(this.files.queue.node.findChild("Policy"));
  }

  private importer({ tables, notices }: ImportsProps): void {
    const importer = new Handler(this, "ImporterFunction", {
      entry: "importer",
      timeout: checking,
      memory: 1769,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read", { keys: [keysOf.tenants], rights: ["change"] }),
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
        ACCESS_TABLE: tables.allow(tables.access, { keys: [keysOf.notices], rights: ["record"] }),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write", "delete"),
        UPLOADS_BUCKET: {
          value: this.uploads.bucketName,
          rights: [
            ...objects(this.uploads, "s3:GetObject", "s3:GetObjectVersion").rights,
            // Without it S3 answers 403 instead of 404 for an upload that does not exist.
            { actions: ["s3:ListBucket"], resources: [this.uploads.bucketArn] },
          ],
        },
        IMPORT_QUEUE: this.files.send,
        ROW_QUEUE: this.rows.send,
        PACKAGE_QUEUE: this.packages.send,
        MAIL_QUEUE: notices.send,
      },
    });
    this.files.consumedBy(importer, { batchSize: 1, maxConcurrency: 5, partialFailures: true });
  }

  private rowWorker({ parameters, tables, issuance, publication }: ImportsProps): void {
    const worker = new Handler(this, "RowWorkerFunction", {
      entry: "row-worker",
      timeout: working,
      memory: 1024,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read", { keys: [keysOf.tenants], rights: ["write"] }),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "write"),
        ORDERS_TABLE: tables.allow(tables.orders, { keys: [keysOf.orders("subscribers")], rights: ["record"] }),
        LEDGER_TABLE: tables.allow(tables.ledger, { keys: [keysOf.ledger("subscribers")], rights: ["record"] }),
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write"),
        ISSUANCE_QUEUE: issuance.subscribers.send,
        PUBLICATION_QUEUE: publication.subscribers.send,
        BRAND: parameters.brand,
      },
    });
    this.rows.consumedBy(worker, { batchSize: 10, maxConcurrency: 5, partialFailures: true });
  }

  private packager({ parameters, tables, sealing, notices }: ImportsProps): void {
    const packager = new Handler(this, "PackagerFunction", {
      entry: "packager",
      timeout: packing,
      // One whole processor, because it derives keys from passwords.
      memory: 1769,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read"),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "change"),
        MATERIALS_TABLE: tables.allow(tables.materials, "read"),
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
        ACCESS_TABLE: tables.allow(tables.access, { keys: [keysOf.notices], rights: ["record"] }),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write", "delete"),
        SEALING_KEY: sealing.open("key", "password"),
        KEY_RETENTION_DAYS: parameters.keyRetentionDays,
        PACKAGES_BUCKET: this.packed.store,
        MAIL_QUEUE: notices.send,
      },
    });
    this.packages.consumedBy(packager, { batchSize: 1, maxConcurrency: 2, partialFailures: true });
  }
}

const objects = (bucket: IBucket, ...actions: readonly string[]): Need => ({
  value: bucket.bucketName,
  rights: [{ actions, resources: [bucket.arnForObjects("*")] }],
});
