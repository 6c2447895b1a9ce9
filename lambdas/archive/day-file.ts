import { createHash } from "node:crypto";
import type { Tenants } from "../registry/tenant.ts";
import { type AuditDays, type AuditLine, noTenant } from "../transaction/audit.ts";

export type DayContext = { readonly auditDays: AuditDays; readonly tenants: Pick<Tenants, "listTenants"> };

/** The first line of a day's file. */
export type DayHead = {
  /** UTC, `2026-12-01`. */
  readonly day: string;
  /** SHA-256 of the file of the day before, hex; "none" in the first one. */
  readonly previous: string;
  readonly lines: number;
};

const pageSize = 1000;

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The audit of one UTC day as JSON lines: the head, then the lines of all tenants and of none by their time. The same
 * lines give the same octets, so a file can be made again from the table and compared.
 */
export async function dayFile(context: DayContext, day: string, previous: string): Promise<Buffer> {
  const tenantIds = (await context.tenants.listTenants()).map(({ tenantId }) => tenantId);
  const lines: AuditLine[] = [];
  for (const tenantId of [noTenant, ...tenantIds]) {
    let after: string | undefined;
    do {
      const page = await context.auditDays.page(tenantId, day, pageSize, after);
      lines.push(...page.lines);
      after = page.next;
    } while (after !== undefined);
  }
  const head: DayHead = { day, previous, lines: lines.length };
  const texts = lines.map((line) => `${line.at} ${canonical(line)}`).toSorted();
  // Sorted with the time in front, which is in the line itself as well.
  return Buffer.from([JSON.stringify(head), ...texts.map((text) => text.slice(text.indexOf(" ") + 1)), ""].join("\n"));
}

/** JSON whose records have their names in order: a table gives them in any. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

const milliseconds = 86_400_000;
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
export const dayAfter = (day: string): string => dayOf(new Date(Date.parse(day) + milliseconds));
