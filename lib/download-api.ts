import { Duration } from "aws-cdk-lib";
import { DomainName, EndpointType, SecurityPolicy } from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { downloadRoutes } from "../lambdas/contract/download.ts";
import type { AccessLogs } from "./access-logs.ts";
import type { Alarms } from "./alarms.ts";
import type { Downloads } from "./downloads.ts";
import { siteAnswers } from "./gateway-pages.ts";
import { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Parameters } from "./parameters.ts";
import type { SealingKey } from "./sealing-key.ts";
import { SiteApi } from "./site-api.ts";
import { keysOf, type Tables } from "./tables.ts";

export type DownloadApiProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly sealing: SealingKey;
  readonly downloads: Downloads;
  readonly site: IBucket;
  readonly alarms: Alarms;
  readonly accessLogs: AccessLogs;
};

/** Requests per source address in five minutes: enough for an office behind one address, too few for guessing. */
const requestsPerAddress = 2000;

/** The site where subscribers fetch certificates; public, with a rate limit per source address. */
export class DownloadApi extends Construct {
  readonly domain: DomainName;

  constructor(scope: Construct, id: string, props: DownloadApiProps) {
    super(scope, id);
    const { parameters, tables, sealing, downloads } = props;
    const handler = new Handler(this, "DownloadApiFunction", {
      entry: "download-api",
      timeout: Duration.seconds(29),
      memory: 1024,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read"),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "change"),
        MATERIALS_TABLE: tables.allow(tables.materials, "read"),
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
        // A successful sign-in deletes the count of failed ones.
        ACCESS_TABLE: tables.allow(tables.access, "read", { keys: [keysOf.failures], rights: ["change", "delete"] }),
        AUDIT_TABLE: tables.allow(tables.audit, "record"),
        SEALING_KEY: sealing.open("key", "password"),
        DOWNLOADS_BUCKET: downloads.handOut,
        REPOSITORY_URL: parameters.repositoryUrl,
        BRAND: parameters.brand,
        KEY_RETENTION_DAYS: parameters.keyRetentionDays,
      },
    });
    const { api } = new SiteApi(this, "Site", {
      logicalId: "DownloadApi",
      routes: downloadRoutes,
      handler,
      site: props.site,
      pages: ["/", "/notice"],
      answers: siteAnswers,
      alarms: props.alarms,
      accessLogs: props.accessLogs,
      consequence: "Subscribers cannot download. Look at DownloadApiFunction's log for the first error.",
    });
    this.domain = withLogicalId(
      new DomainName(this, "Domain", {
        domainName: parameters.downloadHost,
        certificate: Certificate.fromCertificateArn(this, "Certificate", parameters.downloadCertificateArn),
        endpointType: EndpointType.REGIONAL,
        securityPolicy: SecurityPolicy.TLS_1_2,
      }),
      "DownloadDomain",
    );
    this.domain.addBasePathMapping(api);
    const rate = new CfnWebACL(this, "RateRule", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visible("DownloadSite"),
      rules: [
        {
          name: "rate",
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: requestsPerAddress } },
          visibilityConfig: visible("DownloadRate"),
        },
      ],
    });
    new CfnWebACLAssociation(this, "RateRuleAssociation", {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: withLogicalId(rate, "DownloadRateRule").attrArn,
    });
  }
}

const visible = (metricName: string) => ({ metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false });
