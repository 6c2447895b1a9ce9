import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";

const actions = {
  read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem"],
  write: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  /** For what is not kept. Certificates are never deleted. */
  delete: ["dynamodb:DeleteItem"],
  /** Many items in one request. IAM has no narrower action: it also allows deleting. */
  putMany: ["dynamodb:BatchWriteItem"],
  /** Reading a partition, a page at a time. */
  list: ["dynamodb:Query"],
  /** Adding only, without reading. */
  record: ["dynamodb:PutItem"],
} as const satisfies Record<string, readonly string[]>;

/** The index of the audit by what its lines are about. */
const historyIndex = "bySubject";

/** The tables, divided by who may use them and how long items are kept. No function may scan one. */
export class Tables extends Construct {
  /** Tenants, services, organizations, administrators, slots. */
  readonly registry: Table;
  /** Subscribers' rows, certificates and their material, serials, revocation ledger. */
  readonly certificates: Table;
  /** Credentials, links, failures, idempotency records, notices; expired ones are deleted by DynamoDB. */
  readonly access: Table;
  /** Files, their rows, and the queue over all tenants. */
  readonly imports: Table;
  /** Who did what: items are added and never changed; the admin API reads them by what they are about, the operator by day. */
  readonly audit: Table;
  readonly #indexed = new Set<Table>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.registry = this.table("RegistryTable");
    this.certificates = this.table("CertificatesTable");
    this.index(this.certificates, "byName", "list", "sortName");
    this.index(this.certificates, "byPrimaryEmail", "list", "sortPrimaryEmail");
    this.index(this.certificates, "byCertificateEmail", "list", "sortCertificateEmail");
    this.index(this.certificates, "byStatus", "list", "sortStatus");
    this.index(this.certificates, "byDevice", "list", "sortDevice");
    this.index(this.certificates, "byNotAfter", "list", "sortNotAfter");
    this.index(this.certificates, "pending", "pending", "pendingSince");
    this.index(this.certificates, "due", "due", "dueAt");
    this.index(this.certificates, "expiring", "expiring", "destroyAt");
    this.access = this.table("AccessTable", "expires");
    this.index(this.access, "unsent", "unsent", "unsentSince");
    this.index(this.access, "byCertificate", "ofCertificate", "createdAt");
    this.imports = this.table("ImportsTable");
    this.audit = this.table("AuditTable");
    this.audit.addGlobalSecondaryIndex({
      indexName: historyIndex,
      partitionKey: { name: "subject", type: AttributeType.STRING },
      sortKey: { name: "at", type: AttributeType.STRING },
      // Whole lines, so that nobody needs a right to the table for the sake of what the index leaves out.
      projectionType: ProjectionType.ALL,
    });
  }

  /** Adding lines to the audit, and reading those about one thing: by the index, which has no partition of a tenant or a day. */
  get recordAndTrace(): Need {
    const { value, rights } = this.allow(this.audit, "record");
    const read = { actions: ["dynamodb:Query"], resources: [`${this.audit.tableArn}/index/${historyIndex}`] };
    return { value, rights: [...rights, read] };
  }

  allow(table: Table, ...rights: readonly (keyof typeof actions)[]): Need {
    return {
      value: table.tableName,
      rights: [
        {
          actions: rights.flatMap((right) => actions[right]),
          resources: [table.tableArn, ...(this.#indexed.has(table) ? [`${table.tableArn}/index/*`] : [])],
        },
      ],
    };
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
    return withLogicalId(table, name);
  }

  private index(table: Table, indexName: string, partition: string, sort: string): void {
    this.#indexed.add(table);
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partition, type: AttributeType.STRING },
      sortKey: { name: sort, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
