import { describe, expect, it } from "vitest";
import { importLimits, type ImportOperation } from "../../../../lambdas/contract/imports.ts";
import type { Service } from "../../../../lambdas/contract/shapes.ts";
import { type Check, checkFile, sizeFault } from "../../../../web/admin/imports/check-file.ts";
import { csvText } from "../../../../lambdas/contract/csv-text.ts";
import { cp932, revocations } from "./files.ts";

const service = (more: Partial<Service> = {}): Service => ({
  serviceId: "t0123456789-s000000000000",
  name: "標準サービス",
  options: [],
  issuing: true,
  licences: 100,
  licencesUsed: 0,
  subjectOrganizations: ["Reiwa Certificate Service"],
  mailDomains: [],
  principalSuffixes: [],
  ...more,
});
const now = new Date("2026-11-22T03:00:00Z");

/** Every state that the check of a file goes through. */
async function statesOf(file: string | Uint8Array, operation: ImportOperation = "register", contracted = service()) {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const states: Check[] = [];
  for await (const state of checkFile(bytes, operation, contracted, now)) states.push(state);
  return states;
}
const endOf = async (...given: Parameters<typeof statesOf>) => (await statesOf(...given)).at(-1);
const person = (mail: string, device = "01") => `${mail},山田,太郎,ヤマダ,タロウ,Yamada,Taro,${mail},${device}\n`;

describe("checkFile", () => {
  it("reads as the importer does, checks every row and counts people", async () => {
    expect(await endOf(cp932(7))).toMatchObject({ state: "right", people: 7, content: { encoding: "Shift_JIS" } });
    expect(await endOf(person("a@x.jp") + person("A@X.jp", "11"))).toMatchObject({ state: "right", people: 1 });
    expect(await endOf(revocations(3), "revoke")).toMatchObject({ state: "right" });
  });

  it("shows the file while its rows are checked", async () => {
    const states = await statesOf(cp932(1));
    expect(states.map(({ state }) => state)).toEqual(["reading", "checking", "right"]);
  });

  it("finds each mistake with its row, column and value", async () => {
    expect(await endOf(person("a@x.jp") + person("b@x.jp", "07") + person("b!@x.jp"))).toMatchObject({
      state: "wrong",
      errors: [
        { row: 2, column: 9, value: "07", code: "deviceCode" },
        { row: 3, column: 1, value: "b!@x.jp", code: "mailCharacter" },
        { row: 3, column: 8, value: "b!@x.jp", code: "mailCharacter" },
      ],
    });
  });

  it("says once what is wrong with the file as a whole", async () => {
    expect(await endOf(person("a@x.jp").replaceAll(",", "\t"))).toEqual({
      state: "refused",
      fault: { row: 0, code: "fileIsTabSeparated" },
    });
    expect(await endOf(person("a@x.jp").repeat(10_001))).toMatchObject({ fault: { facts: { count: 10_001 } } });
    expect(sizeFault(importLimits.bytes)).toBeUndefined();
    expect(sizeFault(importLimits.bytes + 1)).toMatchObject({ code: "fileTooLarge" });
  });

  it("holds a registration to the service's domains and to the licences that are free, a revocation to neither", async () => {
    const few = service({ licences: 10, licencesUsed: 8, mailDomains: ["example.jp"] });
    expect(await endOf(cp932(3), "register", few)).toMatchObject({ state: "wrong" });
    expect(await endOf(cp932(3), "register", { ...few, mailDomains: [] })).toMatchObject({
      errors: [{ row: 0, code: "licencesExceeded", facts: { licences: 10, used: 8, wanted: 3 } }],
    });
    expect(await endOf(cp932(2), "register", { ...few, mailDomains: [] })).toMatchObject({ state: "right" });
    expect(await endOf(revocations(3), "revoke", few)).toMatchObject({ state: "right" });
  });

  it("pauses within a large file, so that the page answers meanwhile", async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => person(`p${at}@x.jp`)).join("");
    const states = await statesOf(rows, "register", service({ licences: 10_000 }));
    expect(states.at(-1)).toMatchObject({ state: "right", people: 10_000 });
    expect(states.filter(({ state }) => state === "checking").length).toBeGreaterThan(2);
  });
});

describe("a CSV for spreadsheets", () => {
  it("begins with a BOM, quotes everything, and lets no cell be a formula", () => {
    expect(
      csvText([
        ["行", '=1+1 "x"'],
        ["＋1", "a"],
      ]),
    ).toBe('\ufeff"行","\'=1+1 ""x"""\r\n"\'＋1","a"\r\n');
  });
});
