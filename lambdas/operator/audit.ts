import { type VerifyContext, verifyDays } from "../archive/verify-days.ts";
import type { Ports } from "../certificates/ports.ts";
import { noTenant } from "../transaction/audit.ts";
import { Refusal } from "../refusal.ts";
import { unknown, type Verbs } from "./run.ts";

export type AuditContext = Pick<Ports, "now" | "tenants"> & VerifyContext;

/** Where a page ended. */
type Place = { readonly day: string; readonly after?: string | undefined };

/** Lines of an answer, and days that one call reads: together they take far less than the function's limits. */
const mostLines = 500;
const mostDays = 62;
/** Days whose lines one call reads and compares. */
const mostVerified = 31;
const day = 86_400_000;
/** What is listed where no beginning is given. */
const usual = 30 * day;

/** The audit of a tenant, for the operator; that it was read is recorded too. */
export const auditVerbs = (context: AuditContext) =>
  ({
    "audit list": async ({ tenant: tenantId, from, to, cursor }) => {
      const end = to === undefined ? context.now() : new Date(to);
      const start = from === undefined ? new Date(end.getTime() - usual) : new Date(from);
      if (end < start) throw new Refusal("usage", { detail: "--from is later than --to" });
      if (tenantId !== noTenant && (await context.tenants.findTenant(tenantId)) === undefined) throw unknown(tenantId);
      const lines = [];
      let place: Place | undefined = cursor === undefined ? { day: dayOf(start) } : placeOf(cursor);
      for (let days = 0; place !== undefined && days < mostDays && lines.length < mostLines; days++) {
        const page = await context.auditDays.page(tenantId, place.day, mostLines - lines.length, place.after);
        lines.push(...page.lines.filter(({ at }) => at >= start.toISOString() && at <= end.toISOString()));
        const next = nextDay(place.day);
        if (page.next !== undefined) place = { day: place.day, after: page.next };
        else place = next <= dayOf(end) ? { day: next } : undefined;
      }
      return {
        lines,
        ...(place === undefined ? {} : { next: Buffer.from(JSON.stringify(place)).toString("base64url") }),
      };
    },
    "audit verify": ({ from }) => verifyDays(context, from, mostVerified),
  }) satisfies Partial<Verbs>;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const nextDay = (of: string): string => dayOf(new Date(Date.parse(of) + day));

function placeOf(cursor: string): Place {
  try {
    const { day, after } = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as Place;
    if (Number.isFinite(Date.parse(day)) && dayOf(new Date(day)) === day) {
      return typeof after === "string" ? { day, after } : { day };
    }
  } catch {
    // Refused below, as a place that is no day is.
  }
  throw new Refusal("usage", { detail: "--cursor: not the end of a page of this list; begin without it" });
}
