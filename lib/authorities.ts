import { join } from "node:path";
import { CustomResource, Duration, FileSystem } from "aws-cdk-lib";
import type { MTLSConfig } from "aws-cdk-lib/aws-apigateway";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { AuthorityKeys, PerIssuer } from "./authority-keys.ts";
import { bundlesOf } from "./bundles.ts";
import { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Parameters } from "./parameters.ts";
import { privateBucket } from "./private-bucket.ts";
import type { Repository } from "./repository.ts";
import { keysOf, type Tables } from "./tables.ts";
import type { WorkQueue } from "./work-queue.ts";

export type AuthoritiesProps = {
  readonly parameters: Parameters;
  readonly keys: AuthorityKeys;
  readonly tables: Tables;
  readonly repository: Repository;
  readonly publication: PerIssuer<WorkQueue>;
  readonly alarms: Alarms;
};

/**
 * The root and the two issuing authorities: made once by the bootstrap function, the only one that may sign
 * with the root key. Later deployments find them and leave them unchanged.
 */
export class Authorities extends Construct {
  readonly bootstrap: Handler<"bootstrap">;
  /** Holds the administrators' authority only; the version is the one that this deployment wrote. */
  readonly trustStore: MTLSConfig;

  constructor(
    scope: Construct,
    id: string,
    { parameters, keys, tables, repository, publication, alarms }: AuthoritiesProps,
  ) {
    super(scope, id);
    const bucket = privateBucket(this, "TrustBucket", { versioned: true });
    this.bootstrap = new Handler(this, "BootstrapFunction", {
      entry: "bootstrap",
      timeout: Duration.seconds(120),
      memory: 512,
      needs: {
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read", {
          keys: [keysOf.authorities, keysOf.crlCounter("root")],
          rights: ["write"],
        }),
        ROOT_KEY: keys.allow("root", "readPublic", "sign"),
        SUBSCRIBERS_KEY: keys.allow("subscribers", "readPublic"),
        ADMINISTRATORS_KEY: keys.allow("administrators", "readPublic"),
        REPOSITORY_BUCKET: repository.publishAuthorities,
        TRUST_BUCKET: {
          value: bucket.bucketName,
          rights: [
            {
              actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
              resources: [bucket.arnForObjects("*")],
            },
            { actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [bucket.bucketArn] },
          ],
        },
        PUBLICATION_QUEUE: publication.subscribers.send,
        ADMINISTRATORS_PUBLICATION_QUEUE: publication.administrators.send,
        REPOSITORY_URL: parameters.repositoryUrl,
        BRAND: parameters.brand,
      },
    });

    const made = new CustomResource(this, "Made", {
      resourceType: "Custom::Authorities",
      serviceToken: this.bootstrap.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      // A changed brand, address or page runs the function again, which updates the repository and keeps the authorities.
      properties: {
        Generation: "1",
        Brand: parameters.brand,
        RepositoryUrl: parameters.repositoryUrl,
        Digest: FileSystem.fingerprint(join(bundlesOf(this), "bootstrap"), { exclude: ["*.map"] }),
      },
    });
    this.trustStore = {
      bucket,
      key: "administrators.pem",
      version: withLogicalId(made, "Authorities").getAttString("TrustStoreVersion"),
    };
    alarms.add("BootstrapFailuresAlarm", {
      metric: this.bootstrap.function.metricErrors({ period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription:
        'The root CRL was not signed again. It is good for 100 days: look at BootstrapFunction\'s log, then invoke it with {"task":"root-crl"}.',
    });
  }
}
