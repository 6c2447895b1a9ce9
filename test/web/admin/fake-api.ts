import { type AdminRoutes, adminRoutes } from "../../../lambdas/contract/admin.ts";
import { faultOf } from "../../../lambdas/contract/text.ts";
import { unsafeHeaders, type Problem } from "../../../lambdas/contract/problem.ts";
import type { RefusalKind } from "../../../lambdas/contract/refusals.ts";
import { messageText } from "../../../lambdas/contract/messages.ts";
import { cursorOf } from "../../../lambdas/contract/lists.ts";
import { conditionsOf } from "../../../lambdas/contract/search.ts";
import type { Body, Params, Query, Reply } from "../../../lambdas/contract/route.ts";
import type { Language } from "../../../lambdas/contract/language.ts";
import { type CertificateRow, type Service, subscriberMails } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../../web/shared/moment.ts";
import { fakeActs } from "./fake-acts.ts";
import { fakeAudit } from "./audit/fake-audit.ts";
import { fakeImports } from "./imports/fake-imports.ts";

type Name = keyof AdminRoutes;
type Asked<N extends Name> = {
  params: Params<AdminRoutes[N]>;
  query: Query<AdminRoutes[N]>;
  body: Body<AdminRoutes[N]>;
  language: Language;
};
type Handlers = { [N in Name]: (asked: Asked<N>) => Reply<AdminRoutes[N]> };

/** A refusal of the fake API, answered as the API answers one. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

const tenantId = "t0123456789";
const day = 86_400_000;
export const organizationId = `${tenantId}-o000000000000`;
export const serviceIds = {
  standard: `${tenantId}-s000000000000`,
  period: `${tenantId}-s111111111111`,
  closed: `${tenantId}-s222222222222`,
  organization: `${tenantId}-s333333333333`,
} as const;

/** The admin API in memory, answering in the contract's own shapes: enough behaviour to drive the pages. */
export function fakeApi(now: () => number = Date.now) {
  const rows: (CertificateRow & { bornAt: number })[] = [];
  const resent = new Map<string, string[]>();
  const answered = new Map<string, { status: number; body: unknown }>();
  let made = 0;
  /** What a test asks for: how long issuance takes, a refusal in place of the next answer, no answers at all for a route. */
  const wishes: {
    issuanceTakes: number;
    issuanceFails: boolean;
    delay: number;
    refuse: Partial<Record<Name, Problem>>;
    /** Certificates of a selection that are refused, once. */
    refuseOf: Map<string, RefusalKind>;
    break: Name | undefined;
  } = { issuanceTakes: 300, issuanceFails: false, delay: 0, refuse: {}, refuseOf: new Map(), break: undefined };
  const audit = fakeAudit();
  const seen: { name: Name; key: string | undefined; body: unknown }[] = [];

  const id = (letter: string) => `${tenantId}-${letter}${String((made += 1)).padStart(12, "0")}`;
  const instant = (at: number) => new Date(at).toISOString();

  function add(given: Partial<CertificateRow> & { familyName: string; givenName: string }) {
    const email = given.primaryEmail ?? "yamada-taro@mytest.example";
    const row = {
      certificateId: id("c"),
      subscriberId: id("u"),
      primaryEmail: email,
      certificateEmail: given.certificateEmail ?? email,
      organizationName: "本社",
      device: "01" as const,
      status: "issued" as const,
      commonName: "Yamada Taro",
      serialNumber: "5f3a9c0b7e2d41586a90c3b1d27e48f6",
      notBefore: instant(now() - day),
      notAfter: instant(now() + 365 * day),
      serviceId: serviceIds.standard,
      bornAt: now(),
      ...given,
    };
    rows.push(row);
    return row;
  }

  function settle() {
    for (const row of rows)
      if (row.status === "issuing" && now() - row.bornAt >= wishes.issuanceTakes) {
        if (wishes.issuanceFails) Object.assign(row, { status: "failed", error: "署名サービスが応答しませんでした。" });
        else {
          row.status = "issued";
          row.serialNumber = "5f3a9c0b7e2d41586a90c3b1d27e48f6";
        }
      }
  }

  const services = (): Service[] => [
    service(serviceIds.standard, "標準サービス", {
      options: ["download-site", "mobileconfig"],
      licences: 100,
      mailDomains: ["mytest.jp", "example.jp", "x.jp"],
    }),
    service(serviceIds.period, "期間指定サービス", { options: ["period"], licences: 10 }),
    service(serviceIds.organization, "O,OU指定サービス", {
      options: ["period-time", "organization"],
      licences: 10,
      subjectOrganizations: ["Reiwa Certificate Service", "Reiwa Trust"],
    }),
    service(serviceIds.closed, "発行停止サービス", { issuing: false, licences: 50 }),
  ];
  const service = (serviceId: string, name: string, more: Partial<Service>): Service => ({
    serviceId,
    name,
    options: [],
    issuing: true,
    licences: 0,
    mailDomains: [],
    principalSuffixes: [],
    subjectOrganizations: ["Reiwa Certificate Service"],
    licencesUsed: rows.filter(
      (row) => row.serviceId === serviceId && ["issuing", "issued", "downloaded"].includes(row.status),
    ).length,
    ...more,
  });
  const shown = ({ bornAt: _, ...row }: (typeof rows)[number]): CertificateRow => row;
  const find = (certificateId: string) => {
    const row = rows.find((one) => one.certificateId === certificateId);
    if (!row) throw new Refusal({ type: "about:blank", title: "Not Found", status: 404 });
    return row;
  };
  const sortKeys = {
    name: (row: CertificateRow) => row.familyName + row.givenName,
    primaryEmail: (row: CertificateRow) => row.primaryEmail,
    certificateEmail: (row: CertificateRow) => row.certificateEmail,
    status: (row: CertificateRow) => row.status,
    device: (row: CertificateRow) => row.device,
    notAfter: (row: CertificateRow) => dateText(row.notAfter),
  };

  /** The rows of a service, or those that are searched for by what a row shows. */
  function found(serviceId: string, query: Query<AdminRoutes["countCertificates"]>) {
    const { family = "", given = "", mail = "", statuses, devices, ends } = conditionsOf(query) ?? {};
    return rows.filter(
      (row) =>
        row.serviceId === serviceId &&
        row.familyName.startsWith(family) &&
        row.givenName.startsWith(given) &&
        row.primaryEmail.startsWith(mail) &&
        (statuses?.includes(row.status) ?? true) &&
        (devices?.includes(row.device) ?? true) &&
        (ends === undefined || (ends.from <= row.notAfter && row.notAfter <= ends.through)),
    );
  }

  const revisions = new Map<string, number>();
  const rowsOf = (certificateId: string) => rows.filter((row) => row.subscriberId === find(certificateId).subscriberId);
  const subscriberOf = (certificateId: string): Reply<AdminRoutes["getSubscriber"]> => {
    const { subscriberId, familyName, givenName, primaryEmail } = find(certificateId);
    const names = {
      familyNameKana: "ヤマダ",
      givenNameKana: "タロウ",
      familyNameEnglish: "Yamada",
      givenNameEnglish: "Taro",
    };
    return {
      subscriberId,
      familyName,
      givenName,
      ...names,
      primaryEmail,
      revision: revisions.get(subscriberId) ?? 0,
      certificates: rowsOf(certificateId).map(shown),
    };
  };

  const imports = fakeImports({
    now,
    id,
    missing: () => new Refusal({ type: "about:blank", title: "Not Found", status: 404 }),
  });
  const handlers: Handlers = {
    ...imports.handlers,
    getSession: () => ({
      brand: "Warifu",
      tenant: { tenantId, name: "令和証明書サービス", englishName: "Reiwa Certificate Service" },
      administrator: {
        administratorId: `${tenantId}-a000000000000`,
        name: "管理 花子",
        englishName: "Kanri Hanako",
        email: "hanako@mytest.example",
        language: "ja",
        notAfter: instant(now() + 200 * day),
      },
    }),
    listServices: () => ({ services: services() }),
    listOrganizations: () => ({ organizations: [{ organizationId, name: "本社" }] }),
    listCertificates: ({ params, query }) => {
      const sorted = found(params.serviceId, query).toSorted((a, b) =>
        sortKeys[query.sort](a) < sortKeys[query.sort](b) ? -1 : 1,
      );
      const ascending = query.order === "asc";
      if (!ascending) sorted.reverse();
      const at = Number(query.cursor?.split("\u0000")[0]);
      const from = query.from ?? "";
      const inside = (row: CertificateRow) => {
        const value = sortKeys[query.sort](row);
        return ascending ? value >= from : value <= from || value.startsWith(from);
      };
      const first = sorted.findIndex(inside);
      const begin = query.cursor === undefined ? (first < 0 ? sorted.length : first) : at + 1;
      const end = query.cursor === undefined ? sorted.length : at;
      const start = query.back ? Math.max(0, end - query.limit) : begin;
      const stop = query.back ? end : Math.min(sorted.length, begin + query.limit);
      const cursor = (place: number) => cursorOf(`${place}\u0000${sorted[place]?.certificateId}`);
      return {
        rows: sorted.slice(start, stop).map(shown),
        ...(start > 0 && start < stop ? { previous: cursor(start) } : {}),
        ...(stop < sorted.length ? { next: cursor(stop - 1) } : {}),
      };
    },
    countCertificates: ({ params, query }) => ({ certificates: found(params.serviceId, query).length }),
    getCertificate: ({ params }) => shown(find(params.certificateId)),
    getSubscriber: ({ params }) => subscriberOf(params.certificateId),
    changeSubscriber: ({ params, body }) => {
      const { revision } = subscriberOf(params.certificateId);
      if (body.revision !== revision)
        throw new Refusal({ type: "urn:warifu:problem:changedMeanwhile", title: "changedMeanwhile", status: 409 });
      for (const row of rowsOf(params.certificateId)) {
        const email = body.devices.find((one) => one.certificateId === row.certificateId)?.email;
        Object.assign(row, { familyName: body.familyName, givenName: body.givenName, primaryEmail: body.primaryEmail });
        if (email !== undefined && email !== row.certificateEmail) row.deviceEmail = email;
      }
      revisions.set(find(params.certificateId).subscriberId, revision + 1);
      return subscriberOf(params.certificateId);
    },
    listAudit: ({ query }) => audit.page(query),
    exportAudit: ({ body }) => audit.page(body),
    registerSubscriber: ({ params, body, language }) => {
      const email = body.primaryEmail;
      const known = rows.filter((row) => row.primaryEmail.toLowerCase() === email.toLowerCase());
      const errors = body.devices.flatMap(({ device }, at) =>
        known.some((row) => row.device === device)
          ? [
              {
                field: `devices.${at}`,
                code: "slotTaken",
                message: messageText("slotTaken", language, { email, device }),
              },
            ]
          : [],
      );
      if (errors.length > 0)
        throw new Refusal({ type: "urn:warifu:problem:slotTaken", title: "slotTaken", status: 409, errors });
      const subscriberId = id("u");
      const certificates = body.devices.map(({ device, certificateEmail = body.primaryEmail }) =>
        add({
          subscriberId,
          familyName: body.familyName,
          givenName: body.givenName,
          primaryEmail: body.primaryEmail,
          certificateEmail,
          commonName: `${body.familyNameEnglish} ${body.givenNameEnglish}`,
          device,
          status: "issuing",
          serialNumber: "",
          serviceId: params.serviceId,
        }),
      );
      return { subscriberId, certificates: certificates.map(shown) };
    },
    getCertificateDetails: ({ params }) => {
      const row = find(params.certificateId);
      const administrator = { kind: "administrator", name: "管理 花子" } as const;
      const issued = row.status !== "issuing" && row.status !== "failed";
      return {
        row: shown(row),
        serviceId: row.serviceId,
        organizationId,
        subject: [
          { name: "E", value: row.certificateEmail },
          { name: "CN", value: row.commonName },
          { name: "OU", value: "Warifu" },
          { name: "O", value: "Reiwa Certificate Service" },
          { name: "C", value: "JP" },
        ],
        key: "rsa2048",
        requestedAt: row.notBefore,
        ...(issued ? { issuedAt: row.notBefore } : {}),
        ...(row.status === "downloaded"
          ? { downloadedAt: instant(now() - 3_600_000), keyDestroyedAt: instant(now() + 13 * day) }
          : {}),
        history: [
          ...(row.revokedAt
            ? [{ at: row.revokedAt, action: "revoked" as const, actor: administrator, reason: row.revocationReason }]
            : []),
          ...(row.revokeOn
            ? [
                {
                  at: instant(now() - 1_800_000),
                  action: "revocationPlanned" as const,
                  actor: administrator,
                  on: row.revokeOn,
                  reason: row.revocationReason,
                },
              ]
            : []),
          ...(row.status === "downloaded"
            ? [
                {
                  at: instant(now() - 3_600_000),
                  action: "downloaded" as const,
                  actor: { kind: "holder" as const, address: "192.0.2.7" },
                },
              ]
            : []),
          ...(issued ? [{ at: row.notBefore, action: "issued" as const, actor: { kind: "system" as const } }] : []),
          { at: row.notBefore, action: "registered" as const, actor: administrator },
        ],
      };
    },
    listCertificateNotices: ({ params }) => {
      const { certificateEmail: to, status, notBefore } = find(params.certificateId);
      const mails = [...subscriberMails];
      const notice = (at: string, again: boolean) => ({ to, mails, requestedAt: at, sentAt: at, resent: again });
      const again = (resent.get(params.certificateId) ?? []).map((at) => notice(at, true));
      return { notices: status === "issuing" ? [] : [notice(notBefore, false), ...again].toReversed() };
    },
    ...fakeActs({ now, find, shown, refusals: wishes.refuseOf, resent }),
  };

  /** Answers one request as the API would; `undefined` breaks the connection. */
  async function answer(request: Request): Promise<{ status: number; body: unknown } | undefined> {
    const url = new URL(request.url);
    const found = route(request.method, url.pathname);
    const language: Language = request.headers.get("accept-language") === "en" ? "en" : "ja";
    if (!found) return problem({ type: "about:blank", title: "Not Found", status: 404 });
    const [name, params] = found;
    const key = request.headers.get(unsafeHeaders.idempotency) ?? undefined;
    const text = await request.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    seen.push({ name, key, body });
    if (wishes.delay > 0) await new Promise((done) => setTimeout(done, wishes.delay));
    if (wishes.break === name) return undefined;
    if (request.method !== "GET") {
      if (!key || request.headers.get(unsafeHeaders.marker) !== unsafeHeaders.markerValue)
        return problem({ type: "about:blank", title: "Bad Request", status: 400 });
      const before = answered.get(key);
      if (before) return before;
    }
    const wished = wishes.refuse[name];
    if (wished) {
      delete wishes.refuse[name];
      return problem(wished);
    }
    settle();
    const { [name]: asked } = adminRoutes;
    const given = asked.body?.safeParse(body);
    const query = asked.query.safeParse(Object.fromEntries(url.searchParams));
    const issues = [given, query].flatMap((read) => read?.error?.issues ?? []);
    if (issues.length > 0 || !query.success)
      return problem({
        type: "about:blank",
        title: "Bad Request",
        status: 400,
        errors: issues.map((issue) => {
          const { code, facts } = faultOf(issue);
          return { field: issue.path.join("."), code, message: messageText(code, language, facts) };
        }),
      });
    try {
      const handler = handlers[name] as (asked: object) => unknown;
      const reply = {
        status: asked.status,
        body: asked.reply.parse(handler({ params, query: query.data, body: given?.data, language })),
      };
      if (key) answered.set(key, reply);
      return reply;
    } catch (cause) {
      if (cause instanceof Refusal) return problem(cause.problem);
      throw cause;
    }
  }

  return { add, answer, imports, wishes, seen, lines: audit.lines, rows: rows as CertificateRow[] };
}

const problem = (body: Problem) => ({ status: body.status, body });

function route(method: string, path: string): [Name, Record<string, string>] | undefined {
  for (const [name, given] of Object.entries(adminRoutes)) {
    const pattern = new RegExp(`^${given.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
    const match = given.method === method ? pattern.exec(path) : null;
    if (match) return [name as Name, { ...match.groups }];
  }
  return undefined;
}
