/** 操作履歴: what is recorded, and how a company's administrators read it. */
import * as z from "zod/mini";
import { atMost } from "./text.ts";
import { day } from "./fields.ts";
import { jstMoment } from "./jst.ts";
import type { FieldRule } from "./rules.ts";
import { dayIfGiven, wordIfGiven } from "./search.ts";

/** Every act that is recorded, by what kind of act it is. */
export const auditActions = {
  registration: ["subscriber.register", "subscriber.change", "certificate.issue", "certificate.fail"],
  revocation: [
    "certificate.revoke",
    "certificate.planRevocation",
    "certificate.changeRevocation",
    "certificate.cancelRevocation",
  ],
  handOut: [
    "certificate.download",
    "credential.reveal",
    "credential.show",
    "import.download",
    "audit.export",
    "key.destroy",
  ],
  mail: ["certificate.resend", "administrator.resend"],
  file: ["import.create", "import.accept", "import.refuse", "import.stop", "import.finish", "import.package"],
  setting: [
    "tenant.create",
    "tenant.update",
    "service.create",
    "service.update",
    "organization.create",
    "domain.claim",
    "domain.share",
    "domain.release",
    "organizationName.release",
    "administrator.create",
    "administrator.reissue",
    "administrator.revoke",
  ],
  look: [
    "tenant.list",
    "tenant.show",
    "domain.list",
    "administrator.list",
    "certificate.list",
    "certificate.show",
    "audit.list",
    "audit.verify",
    "nightly.run",
    "crl.publish",
  ],
} as const;
export type AuditKind = keyof typeof auditActions;
export type AuditAction = (typeof auditActions)[AuditKind][number];
export const auditKinds = Object.keys(auditActions) as readonly AuditKind[];
const allActions: readonly AuditAction[] = Object.values(auditActions).flat();

/** Who acts. */
const actorKinds = ["administrator", "operator", "holder", "system"] as const;

const kinds = z.optional(
  z.pipe(
    z.pipe(
      z.string().check(atMost(100)),
      z.transform((text: string) => text.split(",").filter((one) => one !== "")),
    ),
    z.array(z.enum(auditKinds, { error: "invalid" satisfies FieldRule })),
  ),
);

/** What lines are asked for. Days are JST's, both included; without them, the last thirty days. Words are found anywhere. */
export const auditFilter = {
  from: dayIfGiven,
  to: dayIfGiven,
  kind: kinds,
  /** In the name or address of who acted. */
  who: wordIfGiven,
  /** In the name, address or id of whom or what it concerns. */
  whom: wordIfGiven,
} as const;

/** Where a page of lines ended: its day (UTC) and the line's place in it. */
const auditCursor = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}(?:\.[0-9TZ:.#a-f-]{10,60})?$/, { error: "cursor" satisfies FieldRule }));
/** What is taken as a file: of days that are named, so that the record says which. */
const exportDay = z.pipe(
  day,
  z.string().check(z.refine((text) => jstMoment(text) !== undefined, { error: "momentUnknown" satisfies FieldRule })),
);
export const auditExport = {
  ...auditFilter,
  from: exportDay,
  to: exportDay,
  cursor: z.optional(auditCursor),
} as const;
export const auditPage = { ...auditFilter, cursor: z.optional(auditCursor) } as const;

/** A line as the page shows it. Instants are ISO 8601. */
const auditLine = z.object({
  at: z.string(),
  action: z.enum(allActions),
  actor: z.object({
    kind: z.enum(actorKinds),
    name: z.optional(z.string()),
    /** Of administrators and holders, from where they called. */
    address: z.optional(z.string()),
    /** Of operators, the request by which CloudTrail knows it. */
    requestId: z.optional(z.string()),
  }),
  /** Whom or what it concerns: its id, and its name where it has one. */
  subject: z.object({ id: z.string(), name: z.optional(z.string()), mail: z.optional(z.string()) }),
  /** Whatever else was recorded. */
  facts: z.record(z.string(), z.string()),
  /** Fields that were changed: what was there, and what is there now. */
  changes: z.array(z.object({ field: z.string(), from: z.optional(z.string()), to: z.optional(z.string()) })),
});
export type AuditLineView = z.output<typeof auditLine>;

export const auditLines = z.object({
  lines: z.array(auditLine),
  /** Continues with older lines; the search may have found none so far. */
  next: z.optional(z.string()),
  /** The day (JST) down to which was looked. */
  lookedTo: z.string(),
});
