/** Every rule of a registration, on every road by which one comes. A rule that is left out of the table does not compile. */
import { afterAll, describe, expect, it } from "vitest";
import { registryLookUps } from "../../lambdas/aws/look-ups.ts";
import { importLayoutOf, type OperationCells } from "../../lambdas/contract/import-layouts.ts";
import { checkUpload } from "../../lambdas/imports/check.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import type { ImportRow } from "../../lambdas/imports/job.ts";
import { workRow } from "../../lambdas/imports/work-row.ts";
import { register } from "../../lambdas/registration/register.ts";
import { type OrderRule, rulesOf, type ValueRule } from "../../lambdas/registration/rules.ts";
import { Refusal } from "../../lambdas/refusal.ts";
import type { ContractedService, ServiceChanges } from "../../lambdas/registry/tenant.ts";
import { newId } from "../../lambdas/registry/identifier.ts";
import { checkFile } from "../../web/admin/imports/check-file.ts";
import { yamadaTaro } from "../person.ts";
import { actor, type Place, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
// Claimed by a company that none of the cases is of; what is below it is covered too.
await by.context.commit(
  by.context.claims.addClaim({ kind: "mail", domain: "otsu.example", tenantId: "t0000000000", createdAt: start }),
);
afterAll(() => by[Symbol.asyncDispose]());
const { commit, jobErrors, jobs, rows, tenants } = by.context;
const context = {
  ...by.context,
  brand: "Warifu",
  lookUps: registryLookUps(by.client, "RegistryTable"),
  authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z"),
  uploadForm: async (url: string) => ({ url, fields: {} }),
  sendAdvance: async () => undefined,
  jobOf: jobs.find,
};

type Cells = OperationCells["register"];
const taro: Cells = {
  ...yamadaTaro,
  primaryEmail: "taro@mytest.jp",
  certificateEmail: "taro@mytest.jp",
  device: "01",
  to: "2027/3/31",
};
/** What the options let a registration say. */
const everything = {
  organization: "Reiwa Trust",
  unit1: "営業",
  unit2: "Kansai",
  principalName: "taro@AD.mytest.jp",
} satisfies Partial<Cells>;
const open = {
  options: ["period", "organization", "smart-card"],
  subjectOrganizations: ["Reiwa Trust"],
  mailDomains: ["mytest.jp"],
  principalSuffixes: ["ad.mytest.jp"],
} as const satisfies Partial<ContractedService>;

/** What one rule refuses. */
type Case = {
  /** The service as it is when the registration comes; `open` else. */
  readonly service?: ServiceChanges;
  readonly cells?: { readonly [Key in keyof Cells]?: Cells[Key] | undefined };
  readonly bulkDownload?: boolean;
  /** Who has been registered at the same address before, and in another organization or not. */
  readonly known?: Partial<Cells> & { readonly elsewhere?: true };
  /** Roads on which it cannot come, and why. */
  readonly never?: { readonly [Road in keyof typeof roads]?: string };
};

const mails = (mail: string) => ({ primaryEmail: mail, certificateEmail: mail });
const serverAlone = { page: "only the server knows it" };
/** Of a service that has lost the option, a file has another layout. */
const fileAlone = { page: "such a file has no such columns", check: "such a file has no such columns" };

const cases: Readonly<Record<ValueRule | OrderRule, Case>> = {
  issuingNotAllowed: { service: { issuing: false } },
  bulkDownloadNotAllowed: {
    bulkDownload: true,
    service: { mailDomains: [] },
    never: { request: "a request's certificates are mailed", page: "the box cannot be ticked" },
  },
  licencesExceeded: { service: { licences: 0 }, never: { row: "its licence was taken when the file was accepted" } },
  mailDomainNotAllowed: { cells: mails("taro@other.jp") },
  organizationNotContracted: {
    service: { options: ["period", "smart-card"] },
    cells: { unit2: "Sales" },
    never: fileAlone,
  },
  organizationNotAllowed: { cells: { organization: "Otsu Inc" } },
  principalNotContracted: {
    service: { options: ["period", "organization"] },
    cells: { principalName: "taro@ad.mytest.jp" },
  },
  principalSuffixNotAllowed: { cells: { principalName: "Administrator@reiwa.local" } },
  principalSuffixesNotListed: { service: { principalSuffixes: [] }, cells: { principalName: "taro@ad.mytest.jp" } },
  commonName: { cells: { familyNameEnglish: "Y".repeat(62) } },
  periodNotContracted: { service: { options: ["organization", "smart-card"] } },
  toRequired: { cells: { to: undefined } },
  dateOnly: { cells: { to: "2027.3.31" } },
  moment: { service: { options: ["period-time", "organization"] }, cells: { to: "2027.3.31" } },
  momentUnknown: { cells: { to: "2027/2/30" } },
  fromPast: { cells: { from: "2026/11/21" } },
  toBeforeFrom: { cells: { from: "2026/12/2", to: "2026/12/1" } },
  toBeyondAuthority: { cells: { to: "2036/11/20" }, never: serverAlone },
  domainOfAnother: { cells: mails("taro@vpn.otsu.example"), service: { mailDomains: [] }, never: serverAlone },
  otherOrganization: { known: { elsewhere: true, device: "11" }, never: serverAlone },
  subscriberDiffers: { known: { givenName: "次郎", device: "11" }, never: serverAlone },
  slotTaken: { known: {}, never: serverAlone },
};

const lineOf = (cells: Cells) =>
  importLayoutOf
    .register(open.options)
    .columns.map((key) => cells[key] ?? "")
    .join();

async function change(place: Place, changes: ServiceChanges): Promise<void> {
  const service = await tenants.findService(place.tenantId, place.serviceId);
  if (service === undefined) throw new Error("no service");
  await commit([tenants.changeService(service, { name: service.name, ...changes })]);
}

async function request(place: Place, cells: Cells): Promise<void> {
  const tenant = await tenants.findTenant(place.tenantId);
  if (tenant === undefined) throw new Error("no tenant");
  const { certificateEmail, device, from, to, organization, unit1, unit2, principalName, ...person } = cells;
  const devices = [{ certificateEmail, device, from, to, organization, unit1, unit2, principalName }];
  await register(context, { tenant, ...place, actor, registration: { ...person, devices } }, () => []);
}

/** Announces a file while everything is allowed; then the service becomes that of the case. */
async function announced(place: Place, { service = {}, bulkDownload = false }: Case) {
  const order = { ...place, operation: "register", fileName: "f.csv", bulkDownload, actor } as const;
  const { jobId } = await createImport(context, order, () => []);
  const key = { tenantId: place.tenantId, jobId };
  return { key, now: () => change(place, service) };
}

/** By each road: the codes with which the registration of the case is refused. */
const roads = {
  request: async (place: Place, tried: Case, cells: Cells): Promise<readonly string[]> => {
    await change(place, tried.service ?? {});
    const error = await request(place, cells).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof Refusal)) return [];
    return error.errors.length > 0 ? error.errors.map(({ code }) => code) : [error.kind];
  },
  page: async (place: Place, tried: Case, cells: Cells): Promise<readonly string[]> => {
    await change(place, tried.service ?? {});
    const [tenant, service] = await Promise.all([
      tenants.findTenant(place.tenantId),
      tenants.findService(place.tenantId, place.serviceId),
    ]);
    if (tenant === undefined || service === undefined) throw new Error("no service");
    const { options, mailDomains, principalSuffixes, ...same } = rulesOf(tenant, service);
    const shown = {
      ...same,
      options: [...options],
      mailDomains: [...mailDomains],
      principalSuffixes: [...principalSuffixes],
    };
    let codes: readonly string[] = [];
    for await (const check of checkFile(new TextEncoder().encode(lineOf(cells)), "register", shown, by.context.now()))
      if (check.state === "wrong") codes = check.errors.map(({ code }) => code);
    return codes;
  },
  check: async (place: Place, tried: Case, cells: Cells): Promise<readonly string[]> => {
    const { key, now } = await announced(place, tried);
    await now();
    async function* bytes() {
      yield Buffer.from(lineOf(cells));
    }
    await checkUpload({ ...context, readUpload: async () => bytes() }, key, "1");
    return (await jobErrors.list(key)).map(({ code }) => code);
  },
  row: async (place: Place, tried: Case, cells: Cells): Promise<readonly string[]> => {
    const { key, now } = await announced(place, tried);
    const job = await jobs.beginChecking(key, "1", start);
    const service = await tenants.findService(place.tenantId, place.serviceId);
    if (job === undefined || service === undefined) throw new Error("no job");
    const row: ImportRow = {
      ...key,
      row: 1,
      line: 1,
      state: "waiting",
      resent: 0,
      order: { operation: "register", cells },
    };
    await rows.add([row]);
    await commit([...jobs.accept(job, 1, start), tenants.takeLicences(service, 1)]);
    await now();
    await workRow(context, row);
    const ended = await rows.find(row);
    return ended?.state === "failed" ? [ended.error?.code ?? ""] : [];
  },
} as const;

const tried = Object.entries(cases).flatMap(([code, one]) =>
  (Object.keys(roads) as (keyof typeof roads)[])
    .filter((road) => one.never?.[road] === undefined)
    .map((road) => [code, road, one] as const),
);

/** A company where everything is allowed, and who is known there. */
async function company({ known }: Case): Promise<Place> {
  const place = await by.place(open);
  const branch = { ...place, organizationId: newId(place.tenantId, "organization", by.context.random) };
  await commit([
    tenants.addOrganization({ ...place, name: "本社" }),
    tenants.addOrganization({ ...branch, name: "支社" }),
  ]);
  if (known === undefined) return place;
  const { elsewhere, ...cells } = known;
  await request(elsewhere ? branch : place, { ...taro, ...cells });
  return place;
}

describe("a registration", () => {
  it.each(Object.keys(roads) as (keyof typeof roads)[])(
    "that keeps every rule is taken by the road %s",
    async (road) => {
      expect(await roads[road](await company({}), {}, { ...taro, ...everything })).toEqual([]);
    },
  );

  it.each(tried)("that %s forbids is refused by the road %s", async (code, road, one) => {
    const cells = { ...taro, ...one.cells } as Cells;
    expect(new Set(await roads[road](await company(one), one, cells))).toEqual(new Set([code]));
  });
});
