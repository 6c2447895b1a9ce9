import { join } from "node:path";
import { CustomResource, Duration, FileSystem } from "aws-cdk-lib";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { bundlesOf } from "./bundles.ts";
import { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";
import type { Parameters } from "./parameters.ts";
import { privateBucket } from "./private-bucket.ts";

export type SitesProps = {
  readonly parameters: Parameters;
  /** Where the administrators' page may send files. */
  readonly uploads: IBucket;
};

/** The built pages: deployed inside the publisher's bundle, which copies them to their buckets. */
export class Sites extends Construct {
  readonly admin: IBucket;
  readonly download: IBucket;

  constructor(scope: Construct, id: string, { parameters, uploads }: SitesProps) {
    super(scope, id);
    this.admin = privateBucket(this, "AdminSiteBucket");
    this.download = privateBucket(this, "DownloadSiteBucket");
    const publisher = new Handler(this, "SitePublisherFunction", {
      entry: "site-publisher",
      timeout: Duration.seconds(120),
      memory: 512,
      needs: {
        ADMIN_SITE_BUCKET: put(this.admin),
        DOWNLOAD_SITE_BUCKET: put(this.download),
        // Without a right: it is only named in the page's Content-Security-Policy.
        UPLOADS_BUCKET: uploads.bucketName,
      },
    });
    // The page's Content-Security-Policy names the origin of uploads, which changes with the bucket and, locally, with the ports.
    const policy = { Uploads: uploads.bucketName, Address: parameters.adminUrl };
    this.publish("AdminSite", "admin", publisher, policy);
    this.publish("DownloadSite", "download", publisher);
  }

  /** The digest changes with the files, so that CloudFormation runs the publisher again. */
  private publish(
    logicalId: string,
    site: "admin" | "download",
    publisher: Handler<"site-publisher">,
    more: Readonly<Record<string, string>> = {},
  ): void {
    const files = join(bundlesOf(this), "site-publisher/site", site);
    const published = new CustomResource(this, logicalId, {
      resourceType: "Custom::Site",
      serviceToken: publisher.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { Site: site, Digest: FileSystem.fingerprint(files), ...more },
    });
    withLogicalId(published, logicalId);
  }
}

const put = (bucket: IBucket): Need => ({
  value: bucket.bucketName,
  rights: [{ actions: ["s3:PutObject"], resources: [bucket.arnForObjects("*")] }],
});
