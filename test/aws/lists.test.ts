import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../lambdas/certificates/certificate.ts";
import type { PageStart } from "../../lambdas/certificates/list.ts";
import type { SortColumn } from "../../lambdas/contract/lists.ts";
import type { Device } from "../../lambdas/contract/fields.ts";
import { register } from "../../lambdas/registration/register.ts";
import { yamadaTaro } from "../person.ts";
import { actor, type Place, world } from "../world.ts";

const by = await world("2026-11-22T03:00:00.000Z");
afterAll(() => by[Symbol.asyncDispose]());
const { lists } = by.context;

/** Family names in dictionary order, each once. */
const kana = ["アオキ", "イトウ", "カトウ", "ガモウ", "コバヤシ", "サトウ", "タナカ", "ハットリ", "ハツミ", "ヤマダ"];
const devices: readonly Device[] = ["01", "11", "12", "20", "99"];
let place: Place;

const withHolder = (certificate: Certificate, changes: object): Certificate => ({
  ...certificate,
  holder: { ...certificate.holder, ...changes },
});

beforeAll(async () => {
  place = await by.place();
  for (const [at, familyNameKana] of kana.entries())
    await by.certificate(place, undefined, (ordered) => ({
      ...withHolder(ordered, { familyNameKana, primaryEmail: `${familyNameKana.codePointAt(0)}-${at}@mytest.jp` }),
      device: devices[at % devices.length] ?? "01",
      notAfter: new Date(Date.UTC(2027, at, 14, 15)).toISOString(),
    }));
});

const nameOf = ({ holder }: Certificate) => (holder.kind === "subscriber" ? holder.familyNameKana : "");
async function page(
  start: PageStart,
  { sort = "name", order = "asc", limit = 4 }: { sort?: SortColumn; order?: "asc" | "desc"; limit?: number } = {},
) {
  const found = await lists.page(place, { sort, order, limit, start });
  return { ...found, names: found.certificates.map(nameOf) };
}
const cursor = (at: "after" | "before", value: string | undefined): PageStart => ({ at, cursor: value ?? "" });

describe("a page of a list", () => {
  it.each(["asc", "desc"] as const)("leads to the next and back to the one before, in order %s", async (order) => {
    const all = order === "asc" ? kana : kana.toReversed();
    const first = await page({ at: "first" }, { order });
    expect([first.names, first.previous]).toEqual([all.slice(0, 4), undefined]);
    const second = await page(cursor("after", first.next), { order });
    expect(second.names).toEqual(all.slice(4, 8));
    const third = await page(cursor("after", second.next), { order });
    expect([third.names, third.next]).toEqual([all.slice(8), undefined]);
    const back = await page(cursor("before", third.previous), { order });
    expect([back.names, back.next]).toEqual([second.names, second.next]);
    const begun = await page(cursor("before", back.previous), { order });
    expect([begun.names, begun.previous]).toEqual([first.names, undefined]);
  });

  it("has no next one where the list ends with it", async () => {
    expect((await page({ at: "first" }, { limit: kana.length })).next).toBeUndefined();
    expect((await page({ at: "last" }, { limit: kana.length })).previous).toBeUndefined();
  });

  it("is the last one without reading those before", async () => {
    const last = await page({ at: "last" });
    expect([last.names, last.next]).toEqual([kana.slice(-4), undefined]);
    expect((await page(cursor("before", last.previous))).names).toEqual(kana.slice(2, 6));
  });

  it.each([
    ["カ", "asc", "カトウ", true],
    ["ガ", "asc", "カトウ", true],
    ["ア", "asc", "アオキ", false],
    ["ナ", "asc", "ハットリ", true],
    ["コ", "desc", "コバヤシ", true],
    ["ヤ", "desc", "ヤマダ", false],
    ["ナ", "desc", "タナカ", true],
  ] as const)("begins at the kana %s in order %s with %s", async (value, order, first, before) => {
    const found = await page({ at: "value", value }, { order });
    expect(found.names[0]).toBe(first);
    expect(found.previous !== undefined).toBe(before);
  });

  it("is empty where nothing is at or beyond the value", async () => {
    expect(await page({ at: "value", value: "ワ" })).toMatchObject({ names: [], next: undefined });
  });

  it("begins at a month of Japan's calendar, whose first day begins at 15:00 UTC of the day before", async () => {
    const sort = "notAfter";
    expect((await page({ at: "value", value: "2027/03" }, { sort })).names[0]).toBe(kana[2]);
    expect((await page({ at: "value", value: "2027/03" }, { sort, order: "desc" })).names[0]).toBe(kana[2]);
  });

  it("begins at a device and at a status, whose rows stand in the order of the names", async () => {
    expect((await page({ at: "value", value: "12" }, { sort: "device" })).names.slice(0, 2)).toEqual([
      "カトウ",
      "ハットリ",
    ]);
    const failed = await by.certificate(place, { status: "failed", error: "lintRefused" }, (ordered) =>
      withHolder(ordered, { familyNameKana: "モリ" }),
    );
    const { names } = await page({ at: "value", value: "failed" }, { sort: "status" });
    expect(names.slice(0, 3)).toEqual([nameOf(failed), "アオキ", "イトウ"]);
  });
});

describe("the count of a list", () => {
  it("follows every registration exactly: alone, with several devices, refused, and many at the same moment", async () => {
    const own = await by.place();
    const { tenants, commit } = by.context;
    await commit([tenants.addOrganization({ ...own, name: "本社" })]);
    const tenant = await tenants.findTenant(own.tenantId);
    if (tenant === undefined) throw new Error("no tenant");
    const context = { ...by.context, brand: "Warifu", authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z") };
    const enrol = (primaryEmail: string, asked: readonly Device[]) =>
      register(
        context,
        {
          tenant,
          ...own,
          actor,
          registration: { ...yamadaTaro, primaryEmail, devices: asked.map((device) => ({ device })) },
        },
        () => [],
      );
    expect(await lists.count(own)).toBe(0);
    await enrol("taro@mytest.jp", ["01", "11", "20"]);
    expect(await lists.count(own)).toBe(3);
    await expect(enrol("taro@mytest.jp", ["01", "99"])).rejects.toThrow();
    expect(await lists.count(own)).toBe(3);
    await Promise.all(
      Array.from({ length: 30 }, () => enrol(`${randomBytes(6).toString("hex")}@mytest.jp`, ["01", "12"])),
    );
    expect(await lists.count(own)).toBe(63);
    expect(await lists.count(await by.place())).toBe(0);
  });
});
