import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { named } from "./named.ts";

const read = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem"];
const write = ["dynamodb:PutItem", "dynamodb:UpdateItem"];

/** The tables, cut by permission and lifetime. Nobody may scan one. */
export class Tables extends Construct {
  /** Tenants, services, organizations, administrators, slots. */
  readonly registry: Table;
  /** Subscribers' rows, certificates and their material, serials, revocation ledger. */
  readonly certificates: Table;
  /** Credentials, links, failures, idempotency records, notices; old ones go by themselves. */
  readonly access: Table;
  /** Files, their rows, and the queue over all tenants. */
  readonly imports: Table;
  /** What was done by whom: written once, never changed by any function. */
  readonly audit: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.registry = this.table("RegistryTable");
    this.certificates = this.table("CertificatesTable");
    index(this.certificates, "byName", "list", "sortName");
    index(this.certificates, "byPrimaryEmail", "list", "sortPrimaryEmail");
    index(this.certificates, "byCertificateEmail", "list", "sortCertificateEmail");
    index(this.certificates, "byStatus", "list", "sortStatus");
    index(this.certificates, "pending", "pending", "pendingSince");
    index(this.certificates, "due", "due", "dueAt");
    index(this.certificates, "expiring", "expiring", "destroyAt");
    this.access = this.table("AccessTable", "expires");
    index(this.access, "unsent", "unsent", "unsentSince");
    this.imports = this.table("ImportsTable");
    this.audit = this.table("AuditTable");
  }

  /** The four names, as most functions know them. */
  get environment() {
    return {
      REGISTRY_TABLE: this.registry.tableName,
      CERTIFICATES_TABLE: this.certificates.tableName,
      ACCESS_TABLE: this.access.tableName,
      AUDIT_TABLE: this.audit.tableName,
    };
  }

  grantRead(grantee: IGrantable, ...tables: readonly Table[]): void {
    for (const table of tables) table.grant(grantee, ...read);
  }

  grantReadWrite(grantee: IGrantable, ...tables: readonly Table[]): void {
    for (const table of tables) table.grant(grantee, ...read, ...write);
  }

  /** Deleting, beside reading and writing: for what is not kept, which no certificate ever is. */
  grantDelete(grantee: IGrantable, ...tables: readonly Table[]): void {
    for (const table of tables) table.grant(grantee, "dynamodb:DeleteItem");
  }

  /** Putting many items by one request, which IAM lets no PutItem cover, and which could delete as well. */
  grantPutMany(grantee: IGrantable, table: Table): void {
    table.grant(grantee, "dynamodb:BatchWriteItem");
  }

  /** Adding to the audit, and nothing else: not even reading it. */
  grantRecord(grantee: IGrantable): void {
    this.audit.grant(grantee, "dynamodb:PutItem");
  }

  private table(name: string, timeToLiveAttribute?: string): Table {
    const table = new Table(this, name, {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(timeToLiveAttribute === undefined ? {} : { timeToLiveAttribute }),
    });
    return named(table, name);
  }
}

function index(table: Table, indexName: string, partition: string, sort: string): void {
  table.addGlobalSecondaryIndex({
    indexName,
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: sort, type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  });
}
