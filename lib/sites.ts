import { join } from "node:path";
import { CustomResource, Duration, FileSystem } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { bundlesOf } from "./bundles.ts";
import { Handler } from "./handler.ts";
import { named } from "./named.ts";
import { privateBucket } from "./private-bucket.ts";

/** The built pages: they travel inside the publisher's bundle and are put into their buckets at deployment. */
export class Sites extends Construct {
  readonly admin: IBucket;
  readonly download: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.admin = privateBucket(this, "AdminSiteBucket");
    this.download = privateBucket(this, "DownloadSiteBucket");
    const publisher = new Handler(this, "SitePublisherFunction", {
      entry: "site-publisher",
      timeout: Duration.seconds(120),
      memory: 512,
      environment: { ADMIN_SITE_BUCKET: this.admin.bucketName, DOWNLOAD_SITE_BUCKET: this.download.bucketName },
    });
    publisher.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ["s3:PutObject"],
        resources: [this.admin.arnForObjects("*"), this.download.arnForObjects("*")],
      }),
    );
    this.publish("AdminSite", "admin", publisher);
    this.publish("DownloadSite", "download", publisher);
  }

  /** The digest changes with the files, so that CloudFormation runs the publisher again. */
  private publish(logicalId: string, site: "admin" | "download", publisher: Handler<"site-publisher">): void {
    const files = join(bundlesOf(this), "site-publisher/site", site);
    const published = new CustomResource(this, logicalId, {
      resourceType: "Custom::Site",
      serviceToken: publisher.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { Site: site, Digest: FileSystem.fingerprint(files) },
    });
    named(published, logicalId);
  }
}
