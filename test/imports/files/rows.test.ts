import { describe, expect, it } from "vitest";
import type { ServiceOption } from "../../../lambdas/contract/shapes.ts";
import { importLayouts as layouts } from "../../../lambdas/contract/import-layouts.ts";
import { registerRows } from "../../../lambdas/imports/files/register-rows.ts";
import {
  errorsOf,
  line,
  messageOf,
  now,
  placesOf,
  recordsIn,
  refusalOf,
  registering,
  revoking,
  rowsOf,
  service,
} from "./customer.ts";

const filed = (...lines: string[]) => lines.join("\n");
const refused = (file: string, ...options: ServiceOption[]) => placesOf(registering(file, service(options)));
const address = (at: number) => `taro${at}@example.jp`;
const person = (at: number) => line({ primaryEmail: address(at), certificateEmail: address(at) });

describe("registerRows", () => {
  it("takes the manual's line", () => {
    const checked = registering(line());
    expect(checked).toMatchObject({ wrong: [], errors: [] });
    expect(rowsOf(checked)).toEqual([
      {
        line: 1,
        cells: {
          primaryEmail: "Yamada-Taro@example.jp",
          familyName: "山田",
          givenName: "太郎",
          familyNameKana: "ヤマダ",
          givenNameKana: "タロウ",
          familyNameEnglish: "Yamada",
          givenNameEnglish: "Taro",
          certificateEmail: "Yamada-Taro@example.jp",
          device: "01",
        },
      },
    ]);
  });

  it.each(["1", "01", "０１", "１"])("reads %s as a Windows PC", (device) => {
    expect(registering(line({ device }))).toMatchObject({ rows: [{ cells: { device: "01" } }] });
  });

  it.each(["001", "2", "13", "1.", "一", "011"])("refuses the device code %s", (device) => {
    expect(refused(line({ device }))).toEqual(["1:9 deviceCode"]);
  });

  it("lists every error of every row, by row and column", () => {
    const bad = "x,山!,,ﾔﾏﾀﾞ,やまだ1,Y'amada,Taro,taro@example.jp,7,2026/13/1";
    expect(refused(filed(bad, `${person(1)},,2027/1/1`, bad), "period")).toEqual(
      [1, 3].flatMap((row) => [
        `${row}:1 mail`,
        `${row}:2 name`,
        `${row}:3 required`,
        `${row}:5 kana`,
        `${row}:6 english`,
        `${row}:9 deviceCode`,
        `${row}:10 momentUnknown`,
        `${row}:11 toRequired`,
      ]),
    );
  });

  it("names the first column that is missing, and the first beyond the last", () => {
    const wrong = registering(
      filed(person(1).replace(/,01$/, ""), line({ principalName: "" }), `${line({ principalName: "" })},x`),
    );
    expect(errorsOf(wrong)).toMatchObject([
      { row: 1, column: 9, code: "columnsMissing", facts: { given: 8, least: 9, most: 13 } },
      expect.objectContaining({ row: 3, column: 1, code: "slotTwice" }),
      { row: 3, column: 14, code: "columnsSurplus", facts: { given: 14, least: 9, most: 13 } },
    ]);
  });

  it("refuses a line break inside a cell at its row and column", () => {
    expect(refused(filed("", line({ linkId: "a\r\nb" })))).toEqual(["2:12 lineBreak"]);
    expect(refused(line({ linkId: "a\n" }))).toEqual(["1:12 lineBreak"]);
  });

  it("keeps every error, whatever their number", () => {
    const wrong = registering(`${line({ linkId: "山\u0007" })}\n`.repeat(2000).concat(person(1)));
    expect(errorsOf(wrong)).toHaveLength(3999);
  });

  it("says once what all rows have alike, and further what only some have", () => {
    const many = (count: number, cells: Parameters<typeof line>[0]) =>
      Array.from({ length: count }, (_, at) =>
        line({ primaryEmail: address(at), certificateEmail: address(at), ...cells }),
      );
    expect(refused(filed(...many(3000, { to: "2027/1/5" })))).toEqual(["0:11 periodNotContracted"]);
    const [error] = registering(filed(...many(3000, { to: "2027/1/5" }))).errors;
    expect(error).toEqual({ row: 0, column: 11, key: "to", code: "periodNotContracted" });
    expect(error && messageOf(error, "ja")).toBe(
      "全行 項目:11 証明書有効期限(To)：このサービスでは証明書有効期限を指定できません。空欄にしてください。",
    );
    const [first = "", ...others] = many(10, { device: "7" });
    expect(refused(filed(first.replace("山田", "山!田"), ...others))).toEqual(["0:9 deviceCode", "1:2 name"]);
    expect(refused(filed(...many(10, { device: "7" }), person(99)))).toHaveLength(10);
    expect(refused(filed(...many(9, { device: "7" })))).toHaveLength(9);
    const differently = Array.from({ length: 12 }, (_, at) =>
      line({ primaryEmail: address(at), certificateEmail: address(at), familyName: `${"山".repeat(at + 1)}!` }),
    );
    expect(refused(filed(...differently))).toHaveLength(12);
  });

  it("quotes the value that is wrong, a long one cut", () => {
    const read = registering(
      filed(line({ device: "７７" }), line({ device: "01", linkId: `${"山".repeat(70)}\u0007` })),
    );
    expect(read.errors).toEqual([
      { row: 1, column: 9, key: "device", value: "７７", code: "deviceCode" },
      expect.objectContaining({ row: 2, column: 12, value: `${"山".repeat(40)}…` }),
    ]);
    expect(registering(line({ familyName: "" })).errors).toEqual([
      { row: 1, column: 2, key: "familyName", code: "required" },
    ]);
    expect(registering(filed(line(), line())).errors).toMatchObject([
      { row: 2, column: 1, value: "Yamada-Taro@example.jp" },
    ]);
  });

  it("can be read with pauses, for a page that draws itself in between", () => {
    const records = recordsIn(filed(...Array.from({ length: 1000 }, (_, at) => person(at))));
    const reading = registerRows(layouts.register, records, { service: service(), now });
    const seen: number[] = [];
    for (let step = reading.next(); step.done !== true; step = reading.next()) seen.push(step.value);
    expect(seen).toEqual([200, 400, 600, 800]);
  });

  it("refuses a slot's second row, whatever the case of its addresses, naming the first", () => {
    const again = line({
      primaryEmail: "YAMADA-TARO@EXAMPLE.JP",
      certificateEmail: "yamada-taro@Example.jp",
      device: "1",
    });
    expect(errorsOf(registering(filed(line(), person(1), again)))).toMatchObject([
      { row: 3, column: 1, code: "slotTwice", facts: { first: 1 } },
    ]);
    expect(refused(filed(line(), line({ device: "11" }), line({ certificateEmail: "other@example.jp" })))).toEqual([]);
  });

  it("refuses another name for a known contact address, showing both", () => {
    const wrong = registering(filed(line(), line({ device: "11", familyName: "山本" })));
    expect(errorsOf(wrong)).toMatchObject([
      {
        row: 2,
        column: 2,
        code: "namesDiffer",
        facts: {
          first: 1,
          stored: "山田 太郎 ヤマダ タロウ Yamada Taro",
          given: "山本 太郎 ヤマダ タロウ Yamada Taro",
        },
      },
    ]);
    expect(
      refused(filed(line(), line({ device: "11", familyNameEnglish: "Yamada Taro", givenNameEnglish: "T" }))),
    ).toEqual(["2:6 namesDiffer"]);
  });

  it("fits family name, blank and given name into a common name of 64", () => {
    const named = (family: number, given: number) =>
      line({ familyNameEnglish: "a".repeat(family), givenNameEnglish: "b".repeat(given) });
    expect(refused(named(31, 32))).toEqual([]);
    expect(refused(named(32, 32))).toEqual(["1:7 commonName"]);
  });

  it("takes a period only where the service has one", () => {
    expect(refused(line({ from: "2026/11/22", to: "nonsense" }))).toEqual([
      "1:10 periodNotContracted",
      "1:11 periodNotContracted",
    ]);
    expect(refused(line({ from: "2026/11/22", to: "2027/1/5" }), "period")).toEqual([]);
    expect(refused(line({ to: "２０２７/1/5" }), "period")).toEqual([]);
    expect(refused(line({ from: "2026/11/22 9:00", to: "2027/01/05 10:00" }), "period-time")).toEqual([]);
  });

  it.each([
    ["", "", ["1:11 toRequired"]],
    ["2026/11/21", "", ["1:10 fromPast", "1:11 toRequired"]],
    ["2026/11/21", "2026/2/30", ["1:10 fromPast", "1:11 momentUnknown"]],
    ["2026.11.22", "2026/11/21", ["1:10 dateOnly", "1:11 toBeforeFrom"]],
    ["2026/12/2", "2026/12/1", ["1:11 toBeforeFrom"]],
    ["2026/12/2 9:00", "2026/12/3 9:00", ["1:10 dateOnly", "1:11 dateOnly"]],
    ["2026/12/2", "2036/11/21", ["1:11 toBeyondAuthority"]],
    ["2026/12/2", "to", ["1:11 dateOnly"]],
  ])("refuses a period from %j to %j", (from, to, places) => {
    expect(refused(line({ from, to }), "period")).toEqual(places);
  });

  it("names the form with a time only where the service has one", () => {
    expect(refused(line({ from: "2026.11.22", to: "2027/1/5 25:0" }), "period-time")).toEqual([
      "1:10 moment",
      "1:11 moment",
    ]);
  });

  it("takes a principal name only with smart-card logon, and of the suffixes that are allowed", () => {
    const row = line({ principalName: "taro@Ad.example.jp" });
    expect(refused(row)).toEqual(["1:13 principalNotContracted"]);
    expect(refused(row, "smart-card")).toEqual(["1:13 principalSuffixesNotListed"]);
    expect(placesOf(registering(row, service(["smart-card"], { principalSuffixes: ["AD.example.jp"] })))).toEqual([]);
    expect(errorsOf(registering(row, service(["smart-card"], { principalSuffixes: ["example.jp"] })))).toMatchObject([
      {
        row: 1,
        column: 13,
        code: "principalSuffixNotAllowed",
        facts: { suffix: "ad.example.jp", allowed: "example.jp" },
      },
    ]);
  });

  it("takes a linked service's ID with any option", () => {
    expect(registering(line({ linkId: '社員,"0001"' }))).toMatchObject({
      rows: [{ cells: { linkId: '社員,"0001"' } }],
    });
  });

  it("takes mail domains that are allowed alone, in both columns", () => {
    const confined = service([], { mailDomains: ["example.jp"] });
    expect(errorsOf(registering(line({ primaryEmail: "t@EXAMPLE.jp" }), confined))).toEqual([]);
    expect(
      placesOf(registering(line({ primaryEmail: "t@a.example.jp", certificateEmail: "t@xexample.jp" }), confined)),
    ).toEqual(["1:1 mailDomainNotAllowed", "1:8 mailDomainNotAllowed"]);
  });

  it("refuses an example of the manual as printed, wrapped over two lines", () => {
    const wrapped = "Yamada-Taro@example.jp,山田,太郎,ヤマダ,タロウ,\n\nYamada,Taro,Yamada-Taro@example.jp,01";
    expect(refusalOf(() => registering(wrapped))).toMatchObject({ row: 0, code: "fileColumnsMissing" });
  });
});

describe("revokeRows", () => {
  const mail = "Yamada-Taro@example.jp";

  it("takes the manual's lines", () => {
    expect(rowsOf(revoking(`${mail},${mail},01\n${mail},nra012@softbank.ne.jp,11\n`))).toEqual([
      { line: 1, cells: { primaryEmail: mail, certificateEmail: mail, device: "01" } },
      { line: 2, cells: { primaryEmail: mail, certificateEmail: "nra012@softbank.ne.jp", device: "11" } },
    ]);
  });

  it("refuses a slot twice, and rows of too few or too many columns", () => {
    expect(
      placesOf(
        revoking(`${mail},${mail},01\n${mail},${mail}\n${mail.toUpperCase()},${mail},1\n${mail},${mail},20,x\n`),
      ),
    ).toEqual(["2:3 columnsMissing", "3:1 slotTwice", "4:4 columnsSurplus"]);
  });
});
