import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { AccessLogs } from "./access-logs.ts";
import { AdminApi } from "./admin-api.ts";
import { Alarms } from "./alarms.ts";
import { AuditArchive } from "./audit-archive.ts";
import { Authorities } from "./authorities.ts";
import { AuthorityKeys } from "./authority-keys.ts";
import { DownloadApi } from "./download-api.ts";
import { Downloads } from "./downloads.ts";
import { Imports } from "./imports.ts";
import { Issuance } from "./issuance.ts";
import { withLogicalId } from "./logical-id.ts";
import { Nightly } from "./nightly.ts";
import { Notices } from "./notices.ts";
import { Operations } from "./operations.ts";
import { Parameters } from "./parameters.ts";
import { Publication } from "./publication.ts";
import { Refusals } from "./refusals.ts";
import { Repository } from "./repository.ts";
import { Schedules } from "./schedules.ts";
import { SealingKey } from "./sealing-key.ts";
import { Sites } from "./sites.ts";
import { Tables } from "./tables.ts";

/** The whole product: deployed to AWS, and run on one machine from the same template. */
export class WarifuStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const parameters = new Parameters(this, "Parameters");
    const alarms = new Alarms(this, "Alarms");
    const tables = new Tables(this, "Tables");
    const keys = new AuthorityKeys(this, "AuthorityKeys");
    const sealing = new SealingKey(this, "SealingKey");
    const downloads = new Downloads(this, "Downloads");
    const repository = new Repository(this, "Repository", parameters);

    const notices = new Notices(this, "Notices", { parameters, tables, alarms }).work;
    const publication = new Publication(this, "Publication", { parameters, tables, keys, repository, alarms }).work;
    const ordered = { parameters, tables, keys, sealing, notices, publication, alarms };
    const issuance = new Issuance(this, "Issuance", ordered).work;
    const authorities = new Authorities(this, "Authorities", {
      parameters,
      keys,
      tables,
      repository,
      publication,
      alarms,
    });
    const imports = new Imports(this, "Imports", {
      parameters,
      tables,
      sealing,
      issuance,
      publication,
      notices,
      alarms,
    });
    const sites = new Sites(this, "Sites", { parameters, uploads: imports.uploads });
    const nightly = new Nightly(this, "Nightly", {
      parameters,
      tables,
      issuance,
      notices,
      publication,
      imports,
      downloads,
      alarms,
    }).work;
    const { files, rows, packages } = imports;
    const queues = {
      issuance: issuance.subscribers,
      administratorsIssuance: issuance.administrators,
      notices,
      publication: publication.subscribers,
      administratorsPublication: publication.administrators,
      nightly,
      files,
      rows,
      packages,
    };
    new Schedules(this, "Schedules", { nightly, publication, bootstrap: authorities.bootstrap });
    const archive = new AuditArchive(this, "AuditArchive", { parameters, tables, alarms });
    new Operations(this, "Operations", { parameters, tables, sealing, repository, queues, imports, archive });

    new Refusals(this, "Refusals", alarms);
    const accessLogs = new AccessLogs(this, "AccessLogs");
    const admin = new AdminApi(this, "AdminApi", {
      parameters,
      tables,
      issuance,
      publication,
      notices,
      imports,
      site: sites.admin,
      authorities,
      alarms,
      accessLogs,
    });
    const download = new DownloadApi(this, "DownloadApi", {
      parameters,
      tables,
      sealing,
      downloads,
      site: sites.download,
      alarms,
      accessLogs,
    });

    this.output("AdminUrl", parameters.adminUrl, "Where administrators sign in with their certificate");
    this.output("AdminDnsTarget", admin.domain.domainNameAliasDomainName, "What AdminHost is to point at");
    this.output("DownloadUrl", parameters.downloadUrl, "Where subscribers download their certificates");
    this.output("DownloadDnsTarget", download.domain.domainNameAliasDomainName, "What DownloadHost is to point at");
    this.output("RepositoryUrl", parameters.repositoryUrl, "CA certificates and CRLs");
    this.output(
      "RepositoryDnsTarget",
      repository.distribution.distributionDomainName,
      "What RepositoryHost is to point at",
    );
    this.output("AlarmTopicArn", alarms.topic.topicArn, "What to subscribe to for alarms");
  }

  private output(name: string, value: string, description: string): void {
    withLogicalId(new CfnOutput(this, `${name}Output`, { value, description }), name);
  }
}
