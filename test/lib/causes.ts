import { whoMay, whoMayOpen } from "./permissions.ts";
import type { Template } from "./synthesize.ts";

type Written = { readonly actions: readonly string[]; readonly resource: string; readonly key?: string };

/** Something that must not happen at just anybody's wish: who does it, and what has it done. */
export type Cause = {
  readonly effect: string;
  /** The right that it takes; `part` is what is opened of a certificate. */
  readonly done: { readonly action: string; readonly resource: string; readonly part?: string };
  /** What authorises it is read from here: whoever may write it may cause the effect. */
  readonly authorised: Written & { readonly by: string };
  readonly mayCause: readonly string[];
};

const items = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"] as const;
const objects = ["s3:PutObject"] as const;

export const causes: readonly Cause[] = [
  {
    effect: "A subscriber's certificate is signed",
    done: { action: "kms:Sign", resource: "SubscribersKey" },
    authorised: { by: "an order", actions: items, resource: "OrdersTable", key: "O#subscribers#t-c" },
    mayCause: ["AdminApiFunction", "RowWorkerFunction"],
  },
  {
    effect: "An administrator's certificate is signed",
    done: { action: "kms:Sign", resource: "AdministratorsKey" },
    authorised: { by: "an order", actions: items, resource: "OrdersTable", key: "O#administrators#t-c" },
    mayCause: ["OperatorFunction"],
  },
  {
    effect: "A certificate opens the admin site",
    done: { action: "dynamodb:BatchGetItem", resource: "AdmissionsTable" },
    authorised: { by: "an admission", actions: items, resource: "AdmissionsTable", key: "F#sha256" },
    mayCause: ["AdministratorsIssuerFunction"],
  },
  {
    effect: "A subscriber's serial number is on the CRL",
    done: { action: "kms:Sign", resource: "SubscribersKey" },
    authorised: { by: "the ledger", actions: items, resource: "LedgerTable", key: "L#subscribers#0" },
    mayCause: ["AdminApiFunction", "IssuerFunction", "NightlyFunction", "OperatorFunction", "RowWorkerFunction"],
  },
  {
    effect: "An administrator's serial number is on the CRL",
    done: { action: "kms:Sign", resource: "AdministratorsKey" },
    authorised: { by: "the ledger", actions: items, resource: "LedgerTable", key: "L#administrators#0" },
    mayCause: ["AdministratorsIssuerFunction", "NightlyFunction", "OperatorFunction"],
  },
  {
    effect: "An authority comes to be",
    done: { action: "kms:Sign", resource: "RootKey" },
    authorised: { by: "its record", actions: items, resource: "AuthoritiesTable", key: "AUTHORITY#subscribers" },
    mayCause: ["BootstrapFunction"],
  },
  {
    effect: "A private key is handed out for an ID and password",
    done: { action: "kms:Decrypt", resource: "SealingKey", part: "key" },
    authorised: { by: "the login's hash beside the key", actions: items, resource: "MaterialsTable", key: "T#t#C#c" },
    mayCause: ["AdministratorsIssuerFunction", "IssuerFunction", "NightlyFunction", "OperatorFunction"],
  },
  {
    effect: "A password is shown for a link",
    done: { action: "kms:Decrypt", resource: "SealingKey", part: "password" },
    authorised: { by: "the link", actions: items, resource: "AccessTable", key: "K#sha256" },
    mayCause: ["MailerFunction"],
  },
  {
    effect: "The keys and passwords of a file are packed",
    done: { action: "kms:Decrypt", resource: "SealingKey", part: "key" },
    authorised: { by: "a message", actions: ["sqs:SendMessage"], resource: "PackageQueue" },
    mayCause: ["ImporterFunction", "NightlyFunction", "PackageLinksFunction"],
  },
  {
    effect: "The keys and passwords of a file are handed out",
    done: { action: "s3:GetObject", resource: "PackagesBucket" },
    authorised: {
      by: "a call, audited and announced by the function itself",
      actions: ["lambda:InvokeFunction"],
      resource: "PackageLinksFunction",
    },
    mayCause: ["AdminApiFunction", "OperatorFunction"],
  },
  {
    effect: "A package is decrypted, in the packager's case to join its parts",
    done: { action: "kms:Decrypt", resource: "PackagesKey" },
    authorised: { by: "what lies there", actions: objects, resource: "PackagesBucket" },
    mayCause: ["PackagerFunction"],
  },
  {
    effect: "Another authority's certificates are let in to the admin site",
    done: { action: "s3:PutObject", resource: "TrustBucket" },
    authorised: { by: "the trust store", actions: objects, resource: "TrustBucket" },
    mayCause: ["BootstrapFunction"],
  },
];

/** Functions that may write what authorises. */
export const whoMayCause = (template: Template, { authorised: { actions, resource, key } }: Cause): readonly string[] =>
  [...new Set(actions.flatMap((action) => whoMay(template, action, resource, key)))].toSorted();

/** Functions that may do it. */
export const whoMayDo = (template: Template, { done: { action, resource, part } }: Cause): readonly string[] =>
  part === undefined ? whoMay(template, action, resource) : whoMayOpen(template, part);

/** The causes as SECURITY.md shows them. */
export function causesTable(template: Template): string {
  const short = (names: readonly string[]) => names.map((name) => name.replace(/Function$/, "")).join(", ");
  const rows = causes.map(
    (cause) =>
      `| ${cause.effect} | ${short(whoMayDo(template, cause))} | ${cause.authorised.by} (${cause.authorised.resource}) | ${short(whoMayCause(template, cause))} |`,
  );
  return [
    "| what happens | who can do it | what authorises it | who may write that |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}
