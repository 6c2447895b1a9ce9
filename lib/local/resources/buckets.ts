import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type LifecycleRule,
  type S3Client,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import { bucketNotification, notificationsOf, putNotifications } from "./notifications.ts";
import { isOneOf, read, truth, unused, whole, type Provider } from "./provider.ts";

const lifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(["Enabled", "Disabled"]),
  Prefix: z.string().optional(),
  ExpirationInDays: whole.optional(),
  NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: whole }).optional(),
  AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: whole }).optional(),
});
const corsRule = z.strictObject({
  Id: z.string().optional(),
  AllowedHeaders: z.array(z.string()).optional(),
  AllowedMethods: z.array(z.string()),
  AllowedOrigins: z.array(z.string()),
  ExposedHeaders: z.array(z.string()).optional(),
  MaxAge: whole.optional(),
});
const encryption = z.strictObject({
  ServerSideEncryptionConfiguration: z.tuple([
    z.strictObject({
      BucketKeyEnabled: truth.optional(),
      ServerSideEncryptionByDefault: z.strictObject({
        SSEAlgorithm: z.enum(["AES256", "aws:kms"]),
        KMSMasterKeyID: z.string().optional(),
      }),
    }),
  ]),
});
const shape = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(["Enabled", "Suspended"]) }).optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(lifecycleRule) }).optional(),
  CorsConfiguration: z.strictObject({ CorsRules: z.array(corsRule) }).optional(),
  NotificationConfiguration: bucketNotification.optional(),
  // No operation of this machine's S3 deletes a version, so of a bucket with versions each is locked already.
  ObjectLockEnabled: truth.optional(),
  ObjectLockConfiguration: unused,
  BucketEncryption: encryption.optional(),
  // Public access has no local meaning: nobody reads without a signature.
  OwnershipControls: unused,
  PublicAccessBlockConfiguration: unused,
  Tags: unused,
});

function lifecycleOf(rule: z.output<typeof lifecycleRule>): LifecycleRule {
  return {
    ...(rule.Id === undefined ? {} : { ID: rule.Id }),
    Status: rule.Status,
    Filter: { Prefix: rule.Prefix ?? "" },
    ...(rule.ExpirationInDays === undefined ? {} : { Expiration: { Days: rule.ExpirationInDays } }),
    ...(rule.NoncurrentVersionExpiration ? { NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration } : {}),
    ...(rule.AbortIncompleteMultipartUpload
      ? { AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload }
      : {}),
  };
}

/** With a key of KMS. With S3's own (AES256), nothing is kept from whoever reads the bucket, and one machine has one disk. */
async function encrypt(s3: S3Client, Bucket: string, asked: z.output<typeof encryption> | undefined): Promise<void> {
  const [rule] = asked?.ServerSideEncryptionConfiguration ?? [];
  const { SSEAlgorithm, KMSMasterKeyID } = rule?.ServerSideEncryptionByDefault ?? {};
  if (SSEAlgorithm !== "aws:kms") return;
  const Rules = [
    {
      BucketKeyEnabled: rule?.BucketKeyEnabled,
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID },
    },
  ];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
}

/** Creates an S3 bucket, or updates encryption, versioning, lifecycle, CORS and notifications of an existing one. */
export const bucket: Provider = async ({ s3 }, request) => {
  const properties = read(shape, request);
  const Bucket = properties.BucketName ?? request.name.toLowerCase();
  const region = await s3.config.region();
  try {
    await s3.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (!isOneOf(error, "BucketAlreadyOwnedByYou", "BucketAlreadyExists")) throw error;
  }
  const { VersioningConfiguration, LifecycleConfiguration, CorsConfiguration, BucketEncryption } = properties;
  await encrypt(s3, Bucket, BucketEncryption);
  if (VersioningConfiguration) await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  if (LifecycleConfiguration) {
    const Rules = LifecycleConfiguration.Rules.map(lifecycleOf);
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  }
  if (CorsConfiguration) {
    const CORSRules = CorsConfiguration.CorsRules.map(({ Id, ExposedHeaders, MaxAge, AllowedHeaders, ...rule }) => ({
      ...rule,
      ...(Id === undefined ? {} : { ID: Id }),
      ...(AllowedHeaders ? { AllowedHeaders } : {}),
      ...(ExposedHeaders ? { ExposeHeaders: ExposedHeaders } : {}),
      ...(MaxAge === undefined ? {} : { MaxAgeSeconds: MaxAge }),
    }));
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  }
  const { NotificationConfiguration } = properties;
  if (NotificationConfiguration) await putNotifications(s3, Bucket, notificationsOf(NotificationConfiguration));
  // The property was removed. Otherwise they are left: a custom resource may have set them.
  else if (request.before?.properties["NotificationConfiguration"]) await putNotifications(s3, Bucket, []);
  return {
    physicalId: Bucket,
    attributes: {
      Arn: `arn:aws:s3:::${Bucket}`,
      DomainName: `${Bucket}.s3.amazonaws.com`,
      RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
    },
  };
};
