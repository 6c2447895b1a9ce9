import { describe, expect, it } from "vitest";
import { referenced, resourcesOf, synthesize } from "./synthesize.ts";

const template = synthesize();
const tables = resourcesOf(template, "AWS::DynamoDB::Table");
const buckets = resourcesOf(template, "AWS::S3::Bucket");
const keys = resourcesOf(template, "AWS::KMS::Key");

describe("every table", () => {
  it("is one of the ten", () => {
    expect(tables.map(([id]) => id).toSorted()).toEqual([
      "AccessTable",
      "AdmissionsTable",
      "AuditTable",
      "AuthoritiesTable",
      "CertificatesTable",
      "ImportsTable",
      "LedgerTable",
      "MaterialsTable",
      "OrdersTable",
      "RegistryTable",
    ]);
  });

  it.each(tables)("%s can be restored to any second and is not deleted by accident", (id, properties) => {
    expect(properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true },
    });
    expect(template.Resources[id]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it("has pk and sk, and indexes that hold keys only, save those of lists, which carry what is searched for, and that of the audit, whose lines are read whole by what they are about", () => {
    const indexes: Record<string, string[]> = {};
    for (const [id, { KeySchema, GlobalSecondaryIndexes }] of tables) {
      expect(KeySchema).toEqual([
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ]);
      type Index = {
        IndexName: string;
        KeySchema: { AttributeName: string }[];
        Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
      };
      const own = (GlobalSecondaryIndexes ?? []) as Index[];
      indexes[id] = own.map((one) => `${one.IndexName} ${one.KeySchema.map((part) => part.AttributeName).join(" ")}`);
      const projections = own.map((one) => one.Projection);
      const searched = { ProjectionType: "INCLUDE", NonKeyAttributes: ["facts"] };
      const type = id === "AuditTable" ? "ALL" : "KEYS_ONLY";
      expect(projections).toEqual(
        own.map((one) => (one.KeySchema[0]?.AttributeName === "list" ? searched : { ProjectionType: type })),
      );
    }
    expect(indexes).toEqual({
      RegistryTable: [],
      CertificatesTable: [
        "byName list sortName",
        "byPrimaryEmail list sortPrimaryEmail",
        "byCertificateEmail list sortCertificateEmail",
        "byStatus list sortStatus",
        "byDevice list sortDevice",
        "byNotAfter list sortNotAfter",
        "byFamilyName list sortFamilyName",
        "byGivenName list sortGivenName",
        "byRequestedAt list sortRequestedAt",
        "byIssuedAt list sortIssuedAt",
        "pending pending pendingSince",
        "due due dueAt",
        "keyEnds keyEnds keyEndsAt",
        "byEnd endsOn notAfter",
        "byAuthority issuedBy requestedAt",
      ],
      MaterialsTable: [],
      OrdersTable: [],
      LedgerTable: [],
      AuthoritiesTable: [],
      AdmissionsTable: [],
      AccessTable: ["unsent unsent unsentSince", "byCertificate ofCertificate createdAt"],
      ImportsTable: [],
      AuditTable: ["bySubject subject at"],
    });
  });

  it("keeps everything but what access expires", () => {
    const expiring = tables.filter(([, { TimeToLiveSpecification }]) => TimeToLiveSpecification !== undefined);
    expect(expiring.map(([id, { TimeToLiveSpecification }]) => [id, TimeToLiveSpecification])).toEqual([
      ["AccessTable", { AttributeName: "expires", Enabled: true }],
    ]);
  });
});

describe("every bucket", () => {
  it.each(buckets)("%s is closed to the public, encrypted, and outlives the stack", (id, properties) => {
    expect(properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
    expect(template.Resources[id]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it.each(buckets)("%s refuses plain http", (id) => {
    const policies = resourcesOf(template, "AWS::S3::BucketPolicy").filter(
      ([, { Bucket }]) => referenced(Bucket)[0] === id,
    );
    expect(policies).toHaveLength(1);
    const document = policies[0]?.[1]["PolicyDocument"] as { Statement: unknown[] } | undefined;
    expect(document?.Statement).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  });

  it("is one of the eight; trust store, uploads and archive keep versions, downloads a day, files a week", () => {
    expect(buckets.map(([id]) => id).toSorted()).toEqual([
      "AdminSiteBucket",
      "ArchiveBucket",
      "DownloadSiteBucket",
      "DownloadsBucket",
      "PackagesBucket",
      "RepositoryBucket",
      "TrustBucket",
      "UploadsBucket",
    ]);
    const versioned = buckets.filter(([, { VersioningConfiguration }]) => VersioningConfiguration !== undefined);
    expect(versioned.map(([id]) => id)).toSatisfy(
      (ids: string[]) => ids.toSorted().join() === "ArchiveBucket,TrustBucket,UploadsBucket",
    );
    expect(template.Resources["DownloadsBucket"]?.Properties["LifecycleConfiguration"]).toMatchObject({
      Rules: [{ ExpirationInDays: 1, Status: "Enabled" }],
    });
    expect(template.Resources["PackagesBucket"]?.Properties["LifecycleConfiguration"]).toMatchObject({
      Rules: [{ ExpirationInDays: 7, Status: "Enabled" }],
    });
    expect(template.Resources["UploadsBucket"]?.Properties["LifecycleConfiguration"]).toMatchObject({
      Rules: [{ ExpirationInDays: 7, NoncurrentVersionExpiration: { NoncurrentDays: 7 }, Status: "Enabled" }],
    });
  });

  it("takes uploads from the admin site's pages alone, and tells the import queue of each", () => {
    expect(template.Resources["UploadsBucket"]?.Properties).toMatchObject({
      CorsConfiguration: {
        CorsRules: [
          { AllowedMethods: ["POST"], AllowedOrigins: [{ "Fn::Join": ["", ["https://", { Ref: "AdminHost" }]] }] },
        ],
      },
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Queue: { "Fn::GetAtt": ["ImportQueue", "Arn"] } }],
      },
    });
    const opened = buckets.filter(([, { CorsConfiguration }]) => CorsConfiguration !== undefined);
    expect(opened.map(([id]) => id)).toEqual(["UploadsBucket"]);
    // S3 asks the queue immediately, so the queue's policy has to be there first.
    const policy = resourcesOf(template, "AWS::SQS::QueuePolicy").find(
      ([, { Queues }]) => referenced(Queues)[0] === "ImportQueue",
    );
    expect(template.Resources["UploadsBucket"]).toMatchObject({ DependsOn: [policy?.[0]] });
    expect(JSON.stringify(policy?.[1]["PolicyDocument"])).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
  });
});

describe("every key", () => {
  it("outlives the stack", () => {
    for (const [id] of keys) expect([id, template.Resources[id]?.DeletionPolicy]).toEqual([id, "Retain"]);
  });

  it.each(["RootKey", "SubscribersKey", "AdministratorsKey"])("%s signs with RSA 4096 and does nothing else", (id) => {
    expect(template.Resources[id]?.Properties).toMatchObject({ KeySpec: "RSA_4096", KeyUsage: "SIGN_VERIFY" });
  });

  it("rotates where it seals", () => {
    expect(template.Resources["SealingKey"]?.Properties).toMatchObject({ EnableKeyRotation: true });
    expect(template.Resources["SealingKey"]?.Properties["KeyUsage"]).toBeUndefined();
  });
});

describe("the repository", () => {
  const distribution = template.Resources["RepositoryDistribution"]?.Properties["DistributionConfig"];

  it("answers plain http, uncompressed, with its page at the root", () => {
    expect(distribution).toMatchObject({
      Aliases: [{ Ref: "RepositoryHost" }],
      DefaultRootObject: "index.html",
      DefaultCacheBehavior: { ViewerProtocolPolicy: "allow-all", Compress: false, AllowedMethods: ["GET", "HEAD"] },
    });
  });

  it("keeps nothing longer than ten seconds, so that a CRL is at its address within the minute", () => {
    const [policy] = resourcesOf(template, "AWS::CloudFront::CachePolicy");
    expect(policy?.[1]["CachePolicyConfig"]).toMatchObject({ MinTTL: 0, DefaultTTL: 10, MaxTTL: 10 });
    expect(referenced(distribution)).toContain(policy?.[0]);
  });
});
