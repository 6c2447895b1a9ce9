import { DomainName, EndpointType, SecurityPolicy } from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { downloadRoutes } from "../lambdas/contract/download.ts";
import type { Alarms } from "./alarms.ts";
import type { Handler } from "./handler.ts";
import { named } from "./named.ts";
import type { Parameters } from "./parameters.ts";
import { SiteApi } from "./site-api.ts";

export type DownloadApiProps = {
  readonly parameters: Parameters;
  readonly handler: Handler<"download-api">;
  readonly site: IBucket;
  readonly alarms: Alarms;
};

/** Requests of one address in five minutes: an office's morning behind one address, not a guesser's. */
const requestsPerAddress = 2000;

/** The site where subscribers fetch certificates; anybody may call it, nobody too often. */
export class DownloadApi extends Construct {
  readonly domain: DomainName;

  constructor(scope: Construct, id: string, props: DownloadApiProps) {
    super(scope, id);
    const { api } = new SiteApi(this, "Site", {
      logicalId: "DownloadApi",
      routes: downloadRoutes,
      handler: props.handler,
      site: props.site,
      pages: ["/", "/notice"],
      alarms: props.alarms,
      consequence: "Subscribers cannot download. Look at DownloadApiFunction's log for the first error.",
    });
    this.domain = named(
      new DomainName(this, "Domain", {
        domainName: props.parameters.downloadHost,
        certificate: Certificate.fromCertificateArn(this, "Certificate", props.parameters.downloadCertificateArn),
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
      webAclArn: named(rate, "DownloadRateRule").attrArn,
    });
  }
}

const visible = (metricName: string) => ({ metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false });
