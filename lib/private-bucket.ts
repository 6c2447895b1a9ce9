import { RemovalPolicy } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type BucketProps,
  type IBucket,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";

/** A bucket without public access, reached by TLS only, and retained when the stack is deleted. */
export function privateBucket(
  scope: Construct,
  logicalId: string,
  more: Pick<
    BucketProps,
    "versioned" | "lifecycleRules" | "cors" | "encryption" | "encryptionKey" | "bucketKeyEnabled"
  > = {},
): IBucket {
  const bucket = new Bucket(scope, logicalId, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
    ...more,
  });
  // The library's Bucket does not fit its own IBucket under exactOptionalPropertyTypes.
  return withLogicalId(bucket, logicalId) as IBucket;
}
