import type { AuditAction } from "../contract/audit.ts";
import type { Changes } from "./changes.ts";
import type { Write } from "./write.ts";

/** In the place of a tenant, for what concerns all of them or none. */
export const noTenant = "operation";

/** One line of the audit: who did what to what, and when. Never a secret. */
export type AuditEntry = {
  readonly tenantId: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly subject: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** Of a change to an item: `changesBetween`. */
  readonly changes?: Changes;
};

export type Actor =
  | { readonly kind: "administrator"; readonly id: string; readonly name: string; readonly address: string }
  /** `name` is the ARN that AWS gave; by the request id, CloudTrail knows from where the function was called. */
  | { readonly kind: "operator"; readonly name: string; readonly requestId: string }
  | { readonly kind: "holder"; readonly address: string }
  | { readonly kind: "system"; readonly name: string };

/** A line as it was recorded; the instant in ISO 8601. */
export type AuditLine = Omit<AuditEntry, "at"> & { readonly at: string };

export type AuditHistory = {
  /** What was recorded about one thing of the tenant, newest first, up to `limit` lines. What was recorded a second ago may be missing. */
  listAbout(tenantId: string, subject: string, limit: number): Promise<readonly AuditLine[]>;
};

export type AuditDays = {
  /** Lines of one UTC day (`2026-12-01`) of a tenant, oldest first or newest, up to `limit`; `next` continues as `after`. */
  page(
    tenantId: string,
    day: string,
    limit: number,
    after?: string,
    first?: "oldest" | "newest",
  ): Promise<{ readonly lines: readonly AuditLine[]; readonly next: string | undefined }>;
};

export type Audit = {
  record(entry: AuditEntry): Write;
};

/** An audit whose lines name as their cause the operator who asked for the work that the system does. */
export const askedBy = (
  audit: Audit,
  { name, requestId }: { readonly name: string; readonly requestId: string },
): Audit => ({
  record: (entry) => audit.record({ ...entry, facts: { ...entry.facts, askedBy: name, requestId } }),
});
