import type { Ports } from "../certificates/ports.ts";
import { holderName } from "../certificates/view.ts";
import { auditActions, type AuditLineView } from "../contract/audit.ts";
import type { AdminRoutes } from "../contract/admin.ts";
import { folded } from "../contract/folded.ts";
import { jstDate } from "../contract/jst.ts";
import type { Language } from "../contract/language.ts";
import { spanOf } from "../contract/search.ts";
import type { AdministratorCaller } from "../http/administrator.ts";
import type { Handlers } from "../http/serve.ts";
import type { ImportJob } from "../imports/job.ts";
import type { AuditDays, AuditLine } from "../transaction/audit.ts";

export type AuditPageContext = Pick<
  Ports,
  "now" | "commit" | "audit" | "administrators" | "certificates" | "tenants"
> & {
  readonly auditDays: AuditDays;
  readonly jobs: { find(tenantId: string, jobId: string): Promise<ImportJob | undefined> };
};

type Asked = Parameters<Handlers<Pick<AdminRoutes, "listAudit">, AdministratorCaller>["listAudit"]>[0]["query"];

/** Lines that are read in one go, lines and days that one answer looks at, lines after which an answer is full. */
const sizes = { read: 50, lines: 1000, days: 62, full: 50 };
const day = 86_400_000;
/** What is shown where no beginning is asked for. */
const usual = 30 * day;

/** 操作履歴: the audit of the caller's company, newest first; that it was taken as a file is recorded too. */
export const auditHandlers = (
  context: AuditPageContext,
): Handlers<Pick<AdminRoutes, "listAudit" | "exportAudit">, AdministratorCaller> => ({
  listAudit: ({ caller, query, language }) => read(context, caller.tenant.tenantId, query, language),
  exportAudit: async ({ caller, body, language }) => {
    const { tenantId } = caller.tenant;
    const { cursor, ...filter } = body;
    const reply = await read(context, tenantId, body, language);
    // What goes on is the same file.
    if (cursor === undefined)
      await context.commit([
        context.audit.record({
          tenantId,
          at: context.now(),
          actor: caller.actor,
          action: "audit.export",
          subject: tenantId,
          facts: Object.fromEntries(
            Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
          ),
        }),
        ...caller.remember(reply),
      ]);
    return reply;
  },
});

async function read(context: AuditPageContext, tenantId: string, asked: Asked, language: Language) {
  const now = context.now();
  const span = spanOf(asked.from, asked.to);
  const from =
    span === undefined || asked.from === undefined ? new Date(now.getTime() - usual).toISOString() : span.from;
  const through = span === undefined || asked.to === undefined ? now.toISOString() : span.through;
  const wanted = matching(asked, from, through);
  const nameOf = namesOf(context, tenantId, language);
  const last = from.slice(0, 10);
  let [at = "", after] = asked.cursor?.split(".", 1).concat(asked.cursor.slice(11)) ?? [through.slice(0, 10)];
  const lines: AuditLineView[] = [];
  let [looked, days] = [0, 0];
  while (at >= last && lines.length < sizes.full && looked < sizes.lines && days < sizes.days) {
    const page = await context.auditDays.page(tenantId, at, sizes.read, after || undefined, "newest");
    const views = await Promise.all(page.lines.map(async (line) => view(line, await nameOf(line))));
    lines.push(...views.filter(wanted));
    looked += page.lines.length;
    after = page.next;
    if (after === undefined) [at, days] = [dayBefore(at), days + 1];
  }
  const ended = at < last;
  return {
    lines,
    lookedTo: jstDate(ended ? from : `${at}T00:00:00.000Z`),
    ...(ended ? {} : { next: after === undefined ? at : `${at}.${after}` }),
  };
}

const dayBefore = (of: string) => new Date(Date.parse(of) - day).toISOString().slice(0, 10);

function matching({ kind, who, whom }: Asked, from: string, through: string): (line: AuditLineView) => boolean {
  const actions = kind?.flatMap((one): readonly string[] => auditActions[one]);
  const has = (word: string | undefined, texts: readonly (string | undefined)[]) =>
    word === undefined || texts.some((text) => text !== undefined && folded(text).includes(folded(word)));
  return ({ at, action, actor, subject }) =>
    from <= at &&
    at <= through &&
    (actions?.includes(action) ?? true) &&
    has(who, [actor.name, actor.address]) &&
    has(whom, [subject.name, subject.mail, subject.id]);
}

type Name = { readonly name?: string; readonly mail?: string };

/** The name of whom or what a line is about, where it has one. */
function namesOf(context: AuditPageContext, tenantId: string, language: Language) {
  const administrators = once(() => context.administrators.listAdministrators(tenantId));
  const services = once(() => context.tenants.listServices(tenantId));
  const organizations = once(() => context.tenants.listOrganizations(tenantId));
  const certificate = async (id: string): Promise<Name> => {
    const found = await context.certificates.find(tenantId, id);
    return found === undefined ? {} : { name: holderName(found, language), mail: found.certificateEmail };
  };
  return async ({ subject, facts }: AuditLine): Promise<Name> => {
    // The letter that an identifier has after its tenant's.
    const letter = subject.split("-")[1]?.[0] ?? "";
    switch (letter) {
      case "c":
        return certificate(subject);
      case "u":
        return certificate(String(facts?.["certificates"] ?? "").split(" ", 1)[0] ?? "");
      case "j": {
        const job = await context.jobs.find(tenantId, subject);
        return job === undefined ? {} : { name: job.fileName };
      }
      case "a": {
        const found = (await administrators()).find(({ administratorId }) => administratorId === subject);
        return found === undefined ? {} : { name: found.name, mail: found.email };
      }
      case "s":
        return named((await services()).find(({ serviceId }) => serviceId === subject));
      case "o":
        return named((await organizations()).find(({ organizationId }) => organizationId === subject));
      default:
        return {};
    }
  };
}

const named = (found: { readonly name: string } | undefined): Name => (found === undefined ? {} : { name: found.name });

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => (asked ??= ask());
}

/** A line as the page shows it. */
function view({ at, action, actor, subject, facts = {}, changes = {} }: AuditLine, name: Name): AuditLineView {
  return {
    at,
    action,
    actor: {
      kind: actor.kind,
      ...("name" in actor ? { name: actor.name } : {}),
      ...("address" in actor ? { address: actor.address } : {}),
      ...("requestId" in actor ? { requestId: actor.requestId } : {}),
    },
    subject: { id: subject, ...name },
    facts: Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, String(value)])),
    changes: Object.entries(changes).map(([field, { from, to }]) => ({
      field,
      ...(from === undefined ? {} : { from: textOf(from) }),
      ...(to === undefined ? {} : { to: textOf(to) }),
    })),
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
