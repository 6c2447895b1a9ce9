import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { registryLookUps } from "../../lambdas/aws/look-ups.ts";
import { checkUpload } from "../../lambdas/imports/check.ts";
import { createImport, type CreateRequest } from "../../lambdas/imports/create.ts";
import { actor, type Place, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const folder = mkdtempSync(join(tmpdir(), "warifu-check-"));
const file = join(folder, "tables");
const by = await world(start, file);
afterAll(async () => {
  await by[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const asked: string[] = [];
const context = {
  ...by.context,
  lookUps: registryLookUps(by.client, "RegistryTable"),
  authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z"),
  uploadForm: async (url: string) => ({ url, fields: {} }),
  sendAdvance: async (key: { readonly jobId: string }) => void asked.push(key.jobId),
};

const person = (mail: string, device = "01") => `${mail},山田,太郎,ヤマダ,タロウ,Yamada,Taro,${mail},${device}\n`;
async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

async function company(): Promise<Place> {
  const place = await by.place();
  await context.commit([context.tenants.addOrganization({ ...place, name: "本社" })]);
  return place;
}

/** Announces a file and checks what was uploaded. */
async function check(
  place: Place,
  text: string,
  given: Partial<CreateRequest> = {},
  change: Partial<typeof context> = {},
) {
  const order = { ...place, operation: "register", fileName: "f.csv", bulkDownload: false, actor, ...given } as const;
  const { jobId } = await createImport(context, order, () => []);
  const key = { tenantId: place.tenantId, jobId };
  const outcome = await checkUpload({ ...context, ...change, readUpload: async () => bytesOf(text) }, key, "1");
  return {
    outcome,
    job: await context.jobs.find(place.tenantId, jobId),
    errors: await context.jobErrors.list(key),
  };
}

/** Every item of every table, as it is stored, by its table and key. */
function stored(): ReadonlyMap<string, string> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'items_*'")
      .all();
    return new Map(
      tables.flatMap(({ name }) =>
        database
          .prepare(`SELECT hex(hash) AS hash, hex(range) AS range, item FROM ${String(name)}`)
          .all()
          .map(({ hash, range, item }) => [`${String(name)} ${String(hash)} ${String(range)}`, String(item)] as const),
      ),
    );
  } finally {
    database.close();
  }
}

describe("a dry run", () => {
  it.each([
    ["with nothing wrong", person("taro@m.example"), "accepted"],
    ["with mistakes", person("taro@m.example", "07"), "refused"],
  ])("%s leaves its job, its errors and its audit, and nothing else", async (_, text, state) => {
    const place = await company();
    asked.length = 0;
    by.sent.notices.length = 0;
    const before = stored();
    const { job } = await check(place, text, { dryRun: true });
    expect(job).toMatchObject({ state, dryRun: true });
    expect(job?.endedAt).toBeDefined();
    const after = stored();
    for (const [key, item] of before) expect(after.get(key)).toBe(item);
    const added = [...after].filter(([key]) => !before.has(key)).map(([, item]) => item);
    // The job and its place in the list, and the line of the audit; of a refused one its errors and its end too.
    expect(added).toHaveLength(state === "accepted" ? 3 : 5);
    for (const item of added) expect(item).toContain(job?.jobId);
    expect(added.filter((item) => /"waiting"|"pk":\{"S":"(?:Q|OPEN)"\}/.test(item))).toEqual([]);
    expect([...asked, ...by.sent.notices]).toEqual([]);
    expect(await context.jobs.listOpen()).not.toContainEqual(expect.objectContaining({ jobId: job?.jobId }));
  });
});

describe("a file that wants more licences than there are", () => {
  it("is refused with the count of now, also where others have taken them while it was checked", async () => {
    const place = await company();
    const { tenantId, serviceId } = place;
    const service = await context.tenants.findService(tenantId, serviceId);
    if (service === undefined) throw new Error("no service");
    await context.commit([context.tenants.changeService(service, { licences: 2 })]);
    const early = await context.tenants.findService(tenantId, serviceId);
    expect((await check(place, person("a@m.example") + person("b@m.example"))).outcome).toBe("accepted");
    let reads = 0;
    const findService: typeof context.tenants.findService = async (...which) =>
      reads++ === 0 ? early : context.tenants.findService(...which);
    const late = await check(place, person("c@m.example"), {}, { tenants: { ...context.tenants, findService } });
    expect(late.errors).toEqual([{ row: 0, code: "licencesExceeded", facts: { licences: 2, used: 2, wanted: 1 } }]);
  });
});

describe("a job", () => {
  it("names its service, and the organization of those that it registers", async () => {
    const { job } = await check(await company(), person("taro@m.example"), { dryRun: true });
    expect(job).toMatchObject({ serviceName: "NRAサービス", organizationName: "本社" });
  });
});
