import { describe, expect, it } from "vitest";
import { allows, reaches, statementsOf, statementsOfRole, whoMay, whoMayOpen } from "./permissions.ts";
import { referenced, resourcesOf, synthesize } from "./synthesize.ts";

const template = synthesize();
const functions = resourcesOf(template, "AWS::Lambda::Function").map(([id]) => id);
const roles = resourcesOf(template, "AWS::IAM::Role");

describe("signing", () => {
  it.each([
    ["SubscribersKey", ["CrlPublisherFunction", "IssuerFunction"]],
    ["AdministratorsKey", ["AdministratorsCrlPublisherFunction", "AdministratorsIssuerFunction"]],
  ])("with %s is for its own issuer and CRL publisher alone", (key, who) => {
    expect(whoMay(template, "kms:Sign", key)).toEqual(who);
  });

  it("with the root key is for the bootstrap alone", () => {
    expect(whoMay(template, "kms:Sign", "RootKey")).toEqual(["BootstrapFunction"]);
  });

  it("takes SHA-256 digests and nothing else", () => {
    const signing = functions.flatMap((id) => statementsOf(template, id)).filter((one) => allows(one, "kms:Sign"));
    expect(signing).toHaveLength(5);
    for (const { Condition } of signing) {
      expect(Condition).toEqual({
        StringEquals: { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256", "kms:MessageType": "DIGEST" },
      });
    }
  });

  it("lets nobody make a grant, change a key or schedule its end", () => {
    for (const action of ["kms:CreateGrant", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]) {
      for (const key of ["RootKey", "SubscribersKey", "AdministratorsKey", "SealingKey", "PackagesKey"]) {
        expect(whoMay(template, action, key)).toEqual([]);
      }
    }
  });

  it("is left to IAM by every key: the key policies name the account alone", () => {
    for (const [, { KeyPolicy }] of resourcesOf(template, "AWS::KMS::Key")) {
      const { Statement } = KeyPolicy as { Statement: { Principal: unknown }[] };
      expect(Statement).toHaveLength(1);
      expect(JSON.stringify(Statement[0]?.Principal)).toMatch(/^\{"AWS":.*:root"/);
    }
  });
});

describe("opening what is sealed", () => {
  it("is for the download function and the packager alone where it is a private key", () => {
    expect(whoMayOpen(template, "key")).toEqual(["DownloadApiFunction", "PackagerFunction"]);
  });

  it("is for the download function, the packager and the operator where it is a password", () => {
    expect(whoMayOpen(template, "password")).toEqual(["DownloadApiFunction", "OperatorFunction", "PackagerFunction"]);
  });

  it("is nobody's for a part that nobody knows", () => {
    expect(whoMayOpen(template, "other")).toEqual([]);
  });

  it("follows sealing, which is the issuers' alone", () => {
    expect(whoMay(template, "kms:Encrypt", "SealingKey")).toEqual(["AdministratorsIssuerFunction", "IssuerFunction"]);
  });
});

describe("the audit table", () => {
  it("is written once by every business function, changed by none, read by the admin API by its index and by tenants' days, and by operator and exporter by any day", () => {
    expect(whoMay(template, "dynamodb:PutItem", "AuditTable")).toEqual([
      "AdminApiFunction",
      "AdministratorsIssuerFunction",
      "DownloadApiFunction",
      "ImporterFunction",
      "IssuerFunction",
      "NightlyFunction",
      "OperatorFunction",
      "PackageLinksFunction",
      "PackagerFunction",
      "RowWorkerFunction",
    ]);
    for (const [role] of roles) {
      const reaching = statementsOfRole(template, role).filter((one) => reaches(one, "AuditTable"));
      const actions = reaching.flatMap(({ Action }) => Action).filter((action) => action.startsWith("dynamodb"));
      expect(actions.filter((action) => !["dynamodb:PutItem", "dynamodb:Query"].includes(action))).toEqual([]);
    }
    expect(whoMay(template, "dynamodb:Query", "AuditTable")).toEqual([
      "AdminApiFunction",
      "AuditExporterFunction",
      "OperatorFunction",
    ]);
    const ofAdmin = statementsOf(template, "AdminApiFunction").filter(
      (one) => reaches(one, "AuditTable") && allows(one, "dynamodb:Query"),
    );
    for (const { Resource, Condition } of ofAdmin)
      if (!JSON.stringify(Resource).includes("/index/bySubject"))
        expect(Condition?.["ForAllValues:StringLike"]).toEqual({ "dynamodb:LeadingKeys": ["T#t*#D#*"] });
  });
});

describe("every role", () => {
  it("has inline statements only, none of which allows everything of a service", () => {
    for (const [id, { ManagedPolicyArns, Policies }] of roles) {
      expect({ id, ManagedPolicyArns, Policies }).toEqual({ id, ManagedPolicyArns: undefined, Policies: undefined });
      for (const { Action } of statementsOfRole(template, id)) expect([Action].flat().join()).not.toContain("*");
    }
  });

  it("names its resources", () => {
    const open = roles.flatMap(([id]) => statementsOfRole(template, id)).filter((one) => reaches(one, "nowhere"));
    expect(open).toEqual([]);
  });

  it("leaves tables unscanned", () => {
    for (const [table] of resourcesOf(template, "AWS::DynamoDB::Table")) {
      expect(whoMay(template, "dynamodb:Scan", table)).toEqual([]);
    }
  });
});

describe("deleting", () => {
  it.each([
    ["RegistryTable", ["AdminApiFunction", "OperatorFunction"]],
    ["CertificatesTable", []],
    ["AuditTable", []],
    ["MaterialsTable", []],
    ["OrdersTable", []],
    ["LedgerTable", []],
    ["AuthoritiesTable", []],
    ["AdmissionsTable", []],
    ["AccessTable", ["AdminApiFunction", "DownloadApiFunction", "NightlyFunction"]],
    ["ImportsTable", ["ImporterFunction", "NightlyFunction", "PackagerFunction"]],
  ])("from %s is for %j", (table, who) => {
    expect(whoMay(template, "dynamodb:DeleteItem", table)).toEqual(who);
  });

  it("from the registry is for subscribers whose mail changes, and for claims, which the operator alone may write at all", () => {
    const subscriber = "T#t0000000000#S#t0000000000-s000000000000#M#taro@mytest.jp";
    expect(whoMay(template, "dynamodb:DeleteItem", "RegistryTable", subscriber)).toEqual(["AdminApiFunction"]);
    expect(whoMay(template, "dynamodb:DeleteItem", "RegistryTable", "T#t0000000000")).toEqual([]);
    for (const action of ["PutItem", "UpdateItem", "DeleteItem"])
      for (const key of ["DOMAIN#mail#example.jp", "DOMAIN#o#reiwa", "DOMAINS"])
        expect(whoMay(template, `dynamodb:${action}`, "RegistryTable", key)).toEqual(["OperatorFunction"]);
  });

  it.each([
    ["RegistryTable", []],
    ["CertificatesTable", []],
    ["AuditTable", []],
    ["AccessTable", ["MailerFunction"]],
    ["ImportsTable", []],
  ])("from %s by a batch of writes is for %j, which puts its links so", (table, who) => {
    expect(whoMay(template, "dynamodb:BatchWriteItem", table)).toEqual(who);
  });
});

describe("sending", () => {
  it.each([
    ["ImportQueue", ["AdminApiFunction", "ImporterFunction", "NightlyFunction", "OperatorFunction"]],
    ["RowQueue", ["ImporterFunction", "NightlyFunction"]],
    ["NightlyQueue", ["OperatorFunction"]],
    ["IssuanceQueue", ["AdminApiFunction", "NightlyFunction", "RowWorkerFunction"]],
    ["AdministratorsIssuanceQueue", ["NightlyFunction", "OperatorFunction"]],
  ])("to %s is for %j", (queue, who) => {
    expect(whoMay(template, "sqs:SendMessage", queue)).toEqual(who);
  });
});

describe("what a function needs", () => {
  const named = (id: string, names = /./) => {
    const environment = template.Resources[id]?.Properties["Environment"] as { Variables: object } | undefined;
    return Object.entries(environment?.Variables ?? {})
      .filter(([name]) => names.test(name))
      .flatMap(([, value]) => referenced(value));
  };
  const consumed = (id: string) =>
    resourcesOf(template, "AWS::Lambda::EventSourceMapping")
      .filter(([, { FunctionName }]) => referenced(FunctionName).includes(id))
      .flatMap(([, { EventSourceArn }]) => referenced(EventSourceArn));

  // The site publisher only names the uploads' address in a page's policy.
  const reached = functions.filter((id) => id !== "SitePublisherFunction");
  it.each(reached)("comes with a right: %s may reach every table, bucket, queue and key that it is given", (id) => {
    for (const resource of named(id, /_(TABLE|BUCKET|QUEUES?|KEY)$/)) {
      const reaching = statementsOf(template, id).filter((one) => reaches(one, resource));
      expect([resource, reaching.length > 0]).toEqual([resource, true]);
    }
  });

  it.each(functions)("is all that it may reach: %s has no right to what its environment does not name", (id) => {
    const log = referenced(template.Resources[id]?.Properties["LoggingConfig"]);
    const known = new Set([...named(id), ...consumed(id), ...log]);
    for (const { Resource, Condition } of statementsOf(template, id)) {
      // Sending mail is bound to the sender's address by its condition.
      if (referenced(Condition).some((other) => known.has(other))) continue;
      expect(referenced(Resource).filter((other) => !known.has(other))).toEqual([]);
    }
  });
});

describe("files of administrators", () => {
  it("are read by the importer alone, in the version that came first, and uploaded by who signs a form", () => {
    for (const action of ["s3:GetObject", "s3:GetObjectVersion"]) {
      expect(whoMay(template, action, "UploadsBucket")).toEqual(["ImporterFunction"]);
    }
    // Else a version that is gone would be 403, not 404.
    expect(whoMay(template, "s3:ListBucket", "UploadsBucket")).toEqual(["ImporterFunction"]);
    expect(whoMay(template, "s3:PutObject", "UploadsBucket")).toEqual(["AdminApiFunction", "OperatorFunction"]);
  });

  it("come back as packages that the packager alone makes", () => {
    expect(whoMay(template, "s3:PutObject", "PackagesBucket")).toEqual(["PackagerFunction"]);
  });

  it("are read by one function alone, which hands out no link without the audit's line", () => {
    expect(whoMay(template, "s3:GetObject", "PackagesBucket")).toEqual(["PackageLinksFunction"]);
    expect(whoMay(template, "lambda:InvokeFunction", "PackageLinksFunction")).toEqual([
      "AdminApiFunction",
      "OperatorFunction",
    ]);
  });

  it("are encrypted by a key of their own, which serves that bucket alone, by S3", () => {
    expect(template.Resources["PackagesBucket"]?.Properties["BucketEncryption"]).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: "aws:kms",
            KMSMasterKeyID: { "Fn::GetAtt": ["PackagesKey", "Arn"] },
          },
        },
      ],
    });
    // An upload in parts reads its parts again.
    expect(whoMay(template, "kms:Decrypt", "PackagesKey")).toEqual(["PackageLinksFunction", "PackagerFunction"]);
    expect(whoMay(template, "kms:GenerateDataKey", "PackagesKey")).toEqual(["PackagerFunction"]);
    for (const id of ["PackageLinksFunction", "PackagerFunction"])
      for (const { Condition } of statementsOf(template, id).filter((one) => reaches(one, "PackagesKey")))
        expect(Condition).toEqual({
          StringEquals: {
            "kms:ViaService": { "Fn::Join": ["", ["s3.", { Ref: "AWS::Region" }, ".amazonaws.com"]] },
            "kms:EncryptionContext:aws:s3:arn": { "Fn::GetAtt": ["PackagesBucket", "Arn"] },
          },
        });
  });
});

describe("the audit's archive", () => {
  it("is written by the exporter alone, read by it and the operator, and deleted or unlocked by nobody", () => {
    expect(whoMay(template, "s3:PutObject", "ArchiveBucket")).toEqual(["AuditExporterFunction"]);
    expect(whoMay(template, "s3:GetObject", "ArchiveBucket")).toEqual(["AuditExporterFunction", "OperatorFunction"]);
    const { Properties } = template.Resources["ArchiveBucket"] ?? {};
    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: "Enabled",
        Rule: { DefaultRetention: { Mode: { Ref: "AuditLockMode" }, Days: { Ref: "AuditRetentionDays" } } },
      },
      VersioningConfiguration: { Status: "Enabled" },
    });
    expect(template.Resources["ArchiveBucket"]).toMatchObject({ DeletionPolicy: "Retain" });
    const [, policy] =
      resourcesOf(template, "AWS::S3::BucketPolicy").find(
        ([, { Bucket }]) => referenced(Bucket)[0] === "ArchiveBucket",
      ) ?? [];
    const { Statement } = (policy ?? {})["PolicyDocument"] as { Statement: { Effect: string; Action: unknown }[] };
    const denied = Statement.filter(({ Effect }) => Effect === "Deny");
    expect(denied).toContainEqual(
      expect.objectContaining({ Action: "s3:PutObject", Condition: { Null: { "s3:if-none-match": "true" } } }),
    );
    for (const action of ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"])
      expect(denied.flatMap(({ Action }) => Action)).toContain(action);
  });
});

describe("publishing", () => {
  it("to the repository is for the CRL publishers and the bootstrap", () => {
    expect(whoMay(template, "s3:PutObject", "RepositoryBucket")).toEqual([
      "AdministratorsCrlPublisherFunction",
      "BootstrapFunction",
      "CrlPublisherFunction",
    ]);
    expect(whoMay(template, "s3:DeleteObject", "RepositoryBucket")).toEqual([]);
  });

  it("the trust store is for the bootstrap alone", () => {
    expect(whoMay(template, "s3:PutObject", "TrustBucket")).toEqual(["BootstrapFunction"]);
  });

  it.each(["AdminSiteBucket", "DownloadSiteBucket"])("pages in %s is for the site publisher alone", (bucket) => {
    expect(whoMay(template, "s3:PutObject", bucket)).toEqual(["SitePublisherFunction"]);
  });

  it("mails is for the mailer alone, from the configured address alone", () => {
    const sending = functions.filter((id) => statementsOf(template, id).some((one) => allows(one, "ses:SendRawEmail")));
    expect(sending).toEqual(["MailerFunction"]);
    const [statement] = statementsOf(template, "MailerFunction").filter((one) => allows(one, "ses:SendRawEmail"));
    expect(statement?.Condition).toEqual({ StringEquals: { "ses:FromAddress": { Ref: "SenderAddress" } } });
  });
});
