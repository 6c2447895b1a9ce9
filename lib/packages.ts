import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";
import { privateBucket } from "./private-bucket.ts";
import { keysOf, type Tables } from "./tables.ts";
import type { WorkQueue } from "./work-queue.ts";

export type PackagesProps = {
  readonly tables: Tables;
  readonly notices: WorkQueue;
  readonly packages: WorkQueue;
  /** How long a package is kept. */
  readonly kept: Duration;
};

/**
 * ZIPs of issued certificates with their keys and passwords, encrypted by a key of their own. One function hands them out:
 * it audits and announces that before it signs a link, and nobody else may read.
 */
export class Packages extends Construct {
  /** To have a package handed out. */
  readonly take: Need;
  readonly #bucket: IBucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { tables, notices, packages, kept }: PackagesProps) {
    super(scope, id);
    this.#key = withLogicalId(
      new Key(this, "Key", {
        description: "Encrypts the packages of certificates that administrators fetch",
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
        pendingWindow: Duration.days(30),
      }),
      "PackagesKey",
    );
    this.#bucket = privateBucket(this, "PackagesBucket", {
      versioned: false,
      lifecycleRules: [{ expiration: kept, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
    });
    const links = new Handler(this, "PackageLinksFunction", {
      entry: "package-links",
      timeout: Duration.seconds(15),
      memory: 512,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read"),
        ACCESS_TABLE: tables.allow(tables.access, { keys: [keysOf.notices], rights: ["record"] }),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        IMPORTS_TABLE: tables.allow(tables.imports, "read"),
        PACKAGES_BUCKET: this.#objects(["s3:GetObject"], ["kms:Decrypt"]),
        PACKAGE_QUEUE: packages.send,
        MAIL_QUEUE: notices.send,
      },
    });
    this.take = {
      value: links.function.functionName,
      rights: [{ actions: ["lambda:InvokeFunction"], resources: [links.function.functionArn] }],
    };
  }

  /** To store packages. An upload in parts reads its parts again, so S3 demands the right to decrypt them. */
  get store(): Need {
    return this.#objects(["s3:PutObject", "s3:AbortMultipartUpload"], ["kms:GenerateDataKey", "kms:Decrypt"]);
  }

  /** With a bucket key, S3 binds data keys to the bucket's ARN. */
  #objects(actions: readonly string[], ofKey: readonly string[]): Need {
    const conditions = {
      StringEquals: {
        "kms:ViaService": `s3.${Aws.REGION}.amazonaws.com`,
        "kms:EncryptionContext:aws:s3:arn": this.#bucket.bucketArn,
      },
    };
    return {
      value: this.#bucket.bucketName,
      rights: [
        { actions, resources: [this.#bucket.arnForObjects("*")] },
        { actions: ofKey, resources: [this.#key.keyArn], conditions },
      ],
    };
  }
}
