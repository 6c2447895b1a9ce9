import { Duration } from "aws-cdk-lib";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Need } from "./needs.ts";
import { privateBucket } from "./private-bucket.ts";

/** PKCS#12 files that wait for their download: without versions, deleted after a day. */
export class Downloads extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = privateBucket(this, "DownloadsBucket", {
      versioned: false,
      lifecycleRules: [{ expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
  }

  /** To delete the files of a key that has ended. */
  get remove(): Need {
    return {
      value: this.bucket.bucketName,
      rights: [
        { actions: ["s3:DeleteObject"], resources: [this.bucket.arnForObjects("*")] },
        { actions: ["s3:ListBucket"], resources: [this.bucket.bucketArn] },
      ],
    };
  }

  /** To put a file and to sign a link to it: a link reads with the rights of its signer. */
  get handOut(): Need {
    return {
      value: this.bucket.bucketName,
      rights: [{ actions: ["s3:PutObject", "s3:GetObject"], resources: [this.bucket.arnForObjects("*")] }],
    };
  }
}
