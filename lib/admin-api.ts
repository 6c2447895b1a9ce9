import { Duration } from "aws-cdk-lib";
import { DomainName, EndpointType, SecurityPolicy } from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { adminRoutes } from "../lambdas/contract/admin.ts";
import type { AccessLogs } from "./access-logs.ts";
import type { Alarms } from "./alarms.ts";
import type { Authorities } from "./authorities.ts";
import type { PerIssuer } from "./authority-keys.ts";
import { certificateAnswers } from "./gateway-pages.ts";
import { Handler } from "./handler.ts";
import type { Imports } from "./imports.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Parameters } from "./parameters.ts";
import { SiteApi } from "./site-api.ts";
import { keysOf, type Tables } from "./tables.ts";
import type { WorkQueue } from "./work-queue.ts";

export type AdminApiProps = {
  readonly parameters: Parameters;
  readonly tables: Tables;
  readonly issuance: PerIssuer<WorkQueue>;
  readonly publication: PerIssuer<WorkQueue>;
  readonly notices: WorkQueue;
  readonly imports: Imports;
  readonly site: IBucket;
  /** Client certificates are accepted from their administrators' authority only. */
  readonly authorities: Authorities;
  readonly alarms: Alarms;
  readonly accessLogs: AccessLogs;
};

/** The administrators' site: no TLS session without an administrator's certificate. */
export class AdminApi extends Construct {
  readonly domain: DomainName;

  constructor(scope: Construct, id: string, props: AdminApiProps) {
    super(scope, id);
    const { parameters, tables, imports } = props;
    const handler = new Handler(this, "AdminApiFunction", {
      entry: "admin-api",
      timeout: Duration.seconds(29),
      memory: 1024,
      needs: {
        REGISTRY_TABLE: tables.allow(
          tables.registry,
          "read",
          { keys: [keysOf.tenants], rights: ["write"] },
          // A subscriber whose mail changes lies in another place.
          { keys: [keysOf.subscribers], rights: ["delete"] },
        ),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read", "write"),
        ORDERS_TABLE: tables.allow(tables.orders, { keys: [keysOf.orders("subscribers")], rights: ["record"] }),
        MATERIALS_TABLE: tables.allow(tables.materials, "read"),
        LEDGER_TABLE: tables.allow(tables.ledger, { keys: [keysOf.ledger("subscribers")], rights: ["record"] }),
        AUTHORITIES_TABLE: tables.allow(tables.authorities, "read"),
        ADMISSIONS_TABLE: tables.allow(tables.admissions, "read"),
        ACCESS_TABLE: tables.allow(tables.access, "read", {
          keys: [keysOf.answers, keysOf.notices, keysOf.digests],
          rights: ["write", "delete"],
        }),
        AUDIT_TABLE: tables.recordAndTrace,
        IMPORTS_TABLE: tables.allow(tables.imports, "read", "write"),
        UPLOADS_BUCKET: imports.upload,
        PACKAGE_LINKS_FUNCTION: imports.packed.take,
        IMPORT_QUEUE: imports.files.send,
        ISSUANCE_QUEUE: props.issuance.subscribers.send,
        PUBLICATION_QUEUE: props.publication.subscribers.send,
        MAIL_QUEUE: props.notices.send,
        ADMIN_URL: parameters.adminUrl,
        BRAND: parameters.brand,
      },
    });
    const { api } = new SiteApi(this, "Site", {
      logicalId: "AdminApi",
      routes: adminRoutes,
      handler,
      site: props.site,
      pages: ["/"],
      answers: certificateAnswers,
      alarms: props.alarms,
      accessLogs: props.accessLogs,
      consequence: "Administrators get errors. Look at AdminApiFunction's log for the first error.",
    });
    this.domain = withLogicalId(
      new DomainName(this, "Domain", {
        domainName: parameters.adminHost,
        certificate: Certificate.fromCertificateArn(this, "Certificate", parameters.adminCertificateArn),
        endpointType: EndpointType.REGIONAL,
        // API Gateway offers mutual TLS with this policy only, not with those of TLS 1.3.
        securityPolicy: SecurityPolicy.TLS_1_2,
        mtls: props.authorities.trustStore,
      }),
      "AdminDomain",
    );
    this.domain.addBasePathMapping(api);
  }
}
