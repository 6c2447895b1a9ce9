import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";
import type { AuthorityName, Issuer } from "./authority-keys.ts";
import type { Need } from "./needs.ts";

const rightsTo = {
  read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem"],
  write: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  /** Changing what is there, without a right to put a whole item in its place. */
  change: ["dynamodb:UpdateItem"],
  /** For what is not kept. Certificates are never deleted. */
  delete: ["dynamodb:DeleteItem"],
  /** Many items in one request. IAM has no narrower action: it also allows deleting. */
  putMany: ["dynamodb:BatchWriteItem"],
  /** Reading a partition, a page at a time. */
  list: ["dynamodb:Query"],
  /** Adding only, without reading. */
  record: ["dynamodb:PutItem"],
} as const satisfies Record<string, readonly string[]>;

type RightTo = keyof typeof rightsTo;
/** Rights to the items whose partition keys match one of the patterns; `*` stands for anything. */
type RightsToKeys = { readonly keys: readonly string[]; readonly rights: readonly RightTo[] };

/** Partition keys by what lies under them (`lambdas/aws/keys.ts`). */
export const keysOf = {
  /** All that is below a tenant. */
  tenants: "T#*",
  /** Claims of domains and organizations, and their list. */
  claims: ["DOMAIN#*", "DOMAINS"],
  /** Subscribers with their slots. */
  subscribers: "T#*#S#*#M#*",
  admissions: "F#*",
  admissionEnds: "R#*",
  orders: (issuer: Issuer) => `O#${issuer}#*`,
  ledger: (issuer: Issuer | "*") => `L#${issuer}#*`,
  authorities: "AUTHORITY#*",
  crlCounter: (authority: AuthorityName) => `CRL#${authority}`,
  credentials: "L#*",
  links: "K#*",
  failures: "B#*",
  answers: "I#*",
  notices: "T#*#N#*",
  digests: "T#*#G#*",
  /** Days of the tenants' audit; what concerns none of them lies under another name. */
  days: "T#t*#D#*",
} as const;

/** What a search is decided by, of what never changes: with what does, every step of a certificate would write every index. */
const searched = ["facts"];

/** The index of the audit by what its lines are about. */
const historyIndex = "bySubject";

/** The tables, divided by who may use them and how long items are kept. No function may scan one. */
export class Tables extends Construct {
  /** Tenants, services, organizations, administrators, slots. */
  readonly registry: Table;
  /** Certificates and their rows, serials, counts of the lists. */
  readonly certificates: Table;
  /** Sealed private keys and passwords, and what was signed. */
  readonly materials: Table;
  /** Revocations: items are added and never changed. */
  readonly ledger: Table;
  /** The authorities' certificates, and the counters of their CRLs. */
  readonly authorities: Table;
  /** Digests of what was ordered, by authority: nothing else is signed. Items are added and never changed. */
  readonly orders: Table;
  /** Who is let in to the admin site, and who no longer is: items are added and never changed. */
  readonly admissions: Table;
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
    this.index(this.certificates, "byName", "list", "sortName", searched);
    this.index(this.certificates, "byPrimaryEmail", "list", "sortPrimaryEmail", searched);
    this.index(this.certificates, "byCertificateEmail", "list", "sortCertificateEmail", searched);
    this.index(this.certificates, "byStatus", "list", "sortStatus", searched);
    this.index(this.certificates, "byDevice", "list", "sortDevice", searched);
    this.index(this.certificates, "byNotAfter", "list", "sortNotAfter", searched);
    this.index(this.certificates, "byFamilyName", "list", "sortFamilyName", searched);
    this.index(this.certificates, "byGivenName", "list", "sortGivenName", searched);
    this.index(this.certificates, "byRequestedAt", "list", "sortRequestedAt", searched);
    this.index(this.certificates, "byIssuedAt", "list", "sortIssuedAt", searched);
    this.index(this.certificates, "pending", "pending", "pendingSince");
    this.index(this.certificates, "due", "due", "dueAt");
    this.index(this.certificates, "keyEnds", "keyEnds", "keyEndsAt");
    // A deployed table takes one new index at a time, so the indexes that are sure to be needed are here before they are read:
    // of notices and renewals, by the day of a certificate's end; of an authority that is replaced, by who issued it.
    this.index(this.certificates, "byEnd", "endsOn", "notAfter");
    this.index(this.certificates, "byAuthority", "issuedBy", "requestedAt");
    this.materials = this.table("MaterialsTable");
    this.orders = this.table("OrdersTable");
    this.ledger = this.table("LedgerTable");
    this.authorities = this.table("AuthoritiesTable");
    this.admissions = this.table("AdmissionsTable");
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

  /** Adding lines to the audit, reading tenants' days, and by the index the lines about one thing. What concerns no tenant stays apart. */
  get recordAndTrace(): Need {
    const { value, rights } = this.allow(this.audit, "record", { keys: [keysOf.days], rights: ["list"] });
    const read = { actions: ["dynamodb:Query"], resources: [`${this.audit.tableArn}/index/${historyIndex}`] };
    return { value, rights: [...rights, read] };
  }

  allow(table: Table, ...rights: readonly (RightTo | RightsToKeys)[]): Need {
    const whole = rights.filter((right) => typeof right === "string");
    const byKey = rights.filter((right) => typeof right !== "string");
    const resources = [table.tableArn, ...(this.#indexed.has(table) ? [`${table.tableArn}/index/*`] : [])];
    return {
      value: table.tableName,
      rights: [
        ...(whole.length === 0 ? [] : [{ actions: whole.flatMap((right) => rightsTo[right]), resources }]),
        ...byKey.map((one) => ({
          actions: one.rights.flatMap((right) => rightsTo[right]),
          resources: [table.tableArn],
          conditions: leadingKeys(one.keys),
        })),
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

  private index(
    table: Table,
    indexName: string,
    partition: string,
    sort: string,
    carried: readonly string[] = [],
  ): void {
    this.#indexed.add(table);
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partition, type: AttributeType.STRING },
      sortKey: { name: sort, type: AttributeType.STRING },
      ...(carried.length === 0
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...carried] }),
    });
  }
}

/**
 * The request names partition keys that match, and no others. `ForAllValues` alone would hold for a request that names none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
const leadingKeys = (keys: readonly string[]) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys },
  Null: { "dynamodb:LeadingKeys": "false" },
});
