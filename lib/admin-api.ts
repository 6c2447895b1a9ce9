import { DomainName, EndpointType, SecurityPolicy } from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { adminRoutes } from "../lambdas/contract/admin.ts";
import type { Alarms } from "./alarms.ts";
import type { Authorities } from "./authorities.ts";
import type { Handler } from "./handler.ts";
import { named } from "./named.ts";
import type { Parameters } from "./parameters.ts";
import { SiteApi } from "./site-api.ts";

export type AdminApiProps = {
  readonly parameters: Parameters;
  readonly handler: Handler<"admin-api">;
  readonly site: IBucket;
  /** Whose administrators' authority is the only one a client certificate may come from. */
  readonly authorities: Authorities;
  readonly alarms: Alarms;
};

/** The administrators' site: no TLS session without an administrator's certificate. */
export class AdminApi extends Construct {
  readonly domain: DomainName;

  constructor(scope: Construct, id: string, props: AdminApiProps) {
    super(scope, id);
    const { api } = new SiteApi(this, "Site", {
      logicalId: "AdminApi",
      routes: adminRoutes,
      handler: props.handler,
      site: props.site,
      pages: ["/"],
      alarms: props.alarms,
      consequence: "Administrators get errors. Look at AdminApiFunction's log for the first error.",
    });
    this.domain = named(
      new DomainName(this, "Domain", {
        domainName: props.parameters.adminHost,
        certificate: Certificate.fromCertificateArn(this, "Certificate", props.parameters.adminCertificateArn),
        endpointType: EndpointType.REGIONAL,
        // The newer policies with TLS 1.3 do not go with mutual TLS.
        securityPolicy: SecurityPolicy.TLS_1_2,
        mtls: props.authorities.trustStore,
      }),
      "AdminDomain",
    );
    this.domain.addBasePathMapping(api);
  }
}
