import { describe, expect, it } from "vitest";
import { readCells } from "../../../lambdas/imports/files/cells.ts";
import {
  leastColumns,
  importLayouts as layouts,
  templateColumns,
  templateHeader,
  templateText,
} from "../../../lambdas/contract/import-layouts.ts";
import { serviceOptions } from "../../../lambdas/contract/shapes.ts";
import { line, rawRecordsIn, recordsIn, refusalOf, registering, rowsOf } from "./customer.ts";

const cellsOf = (layout: keyof typeof layouts, file: string) => {
  const [record] = rawRecordsIn(file, layouts[layout]);
  if (record === undefined) throw new Error("no record");
  return readCells(layouts[layout], record);
};
const person = "Yamada-Taro@mytest.jp,山田,太郎,ヤマダ,タロウ,Yamada,Taro,Yamada-Taro@mytest.jp";
const slot = "Yamada-Taro@mytest.jp,Yamada-Taro@mytest.jp";

describe("layouts", () => {
  it.each([
    ["register", 13, 9],
    ["registerSubject", 16, 12],
    ["registerLimit", 18, 9],
    ["registerSubjectLimit", 21, 12],
    ["revoke", 3, 3],
    ["reissue", 5, 3],
    ["reissueSubject", 8, 6],
    ["reissueLimit", 10, 3],
    ["reissueSubjectLimit", 13, 6],
    ["remove", 1, 1],
  ] as const)("%s has %i columns, of which the first %i must be there", (name, most, least) => {
    expect([layouts[name].columns.length, leastColumns(layouts[name])]).toEqual([most, least]);
  });

  it("counts the limit of O/OU + limit from 17, where the manual's notes say 14", () => {
    const { columns } = layouts.registerSubjectLimit;
    expect(columns.indexOf("limit") + 1).toBe(17);
    expect(columns.indexOf("biosSerial") + 1).toBe(21);
    expect(layouts.registerLimit.columns.indexOf("limit") + 1).toBe(14);
    expect(layouts.reissueSubjectLimit.columns.indexOf("limit") + 1).toBe(9);
  });

  it.each([
    ["register", `${person},01`],
    ["registerSubject", `${person},o,ou1,ou2,01`],
    ["registerLimit", `${person},01,,,,,2,111111111111,host-test,山田太郎,aaaaaaaaaaaa`],
    ["registerSubjectLimit", `${person},o,ou1,ou2,01,,,,,2,111111111111,host-test,山田太郎,aaaaaaaaaaaaa`],
    ["revoke", `${slot},01`],
    ["revoke", "Yamada-Taro@mytest.jp,nra012@softbank.ne.jp,11"],
    ["reissue", `${slot},01`],
    ["reissueSubject", `${slot},o,ou1,ou2,01`],
    ["reissueLimit", `${slot},01,,,1,1234567890ab,hosttest, 山田太郎,bbbbbbbbbbbb`],
    ["reissueSubjectLimit", `${slot},,,,01,,,1,1234567890ab,hosttest,山田太郎,bbbbbbbbbbbb`],
    ["remove", "Yamada-Taro@mytest.jp"],
  ] as const)("%s reads the manual's example", (name, file) => {
    expect(cellsOf(name, file)).toMatchObject({ errors: [], cells: { primaryEmail: "Yamada-Taro@mytest.jp" } });
  });

  it("trims the stray blank before 山田太郎 and keeps a MAC address in capitals", () => {
    expect(cellsOf("reissueLimit", `${slot},01,,,1,12-34:56-78-90-ab,hosttest, 山田太郎,bbb`).cells).toMatchObject({
      loginName: "山田太郎",
      macAddress: "1234567890AB",
    });
  });

  it("refuses the manual's eleven digits of a MAC address", () => {
    const { errors } = cellsOf(
      "registerSubjectLimit",
      `${person},o,ou1,ou2,01,,,,,2,11111111111,host-test,山田太郎,aaaaaaaaaaaaa`,
    );
    expect(errors).toEqual([{ row: 1, column: 18, key: "macAddress", value: "11111111111", code: "macAddress" }]);
  });

  it("refuses the manual's example that lacks a comma before the device code", () => {
    const { errors } = cellsOf("reissueSubjectLimit", `${slot},,,01,,,1,1234567890ab,hosttest,山田太郎,bbbbbbbbbbbb`);
    expect(errors).toContainEqual({ row: 1, column: 6, key: "device", code: "required" });
  });

  it.each(["0", "1", "2", "２"])("reads %s as an install limit", (limit) => {
    expect(cellsOf("reissueLimit", `${slot},01,,,${limit}`).cells.limit).toBe(limit.normalize("NFKC"));
  });
});

describe("templateText", () => {
  const options = serviceOptions.map((option) => [option]);

  it.each(["ja", "en"] as const)("is a header without a row: sent as it is, it registers nobody (%s)", (language) => {
    for (const layout of Object.values(layouts))
      for (const contracted of [[], ...options]) {
        const file = Buffer.from(templateText(layout, contracted, language));
        expect(file.subarray(0, 3).toString("hex")).toBe("efbbbf");
        expect(refusalOf(() => recordsIn(file, layout))).toEqual({ row: 0, code: "fileHasNoRows" });
      }
  });

  it.each([
    [[], "device"],
    [["period"], "to"],
    [["period-time"], "to"],
    [["smart-card"], "principalName"],
  ] as const)("with the options %j ends at the last column that the service has a use for", (contracted, last) => {
    expect(templateColumns(layouts.register, contracted).at(-1)).toBe(last);
  });

  it("is filled in below its header", () => {
    const file = Buffer.from(`${templateText(layouts.register, [], "ja")}${line()}\r\n`);
    expect(rowsOf(registering(file))).toMatchObject([{ line: 2 }]);
  });

  it("ends its line with CR LF", () => {
    expect(templateText(layouts.revoke, [], "ja")).toBe(
      '\ufeff"代表メールアドレス","利用デバイス用メールアドレス","デバイスコード"\r\n',
    );
  });
});

describe("templateHeader", () => {
  it.each(["ja", "en"] as const)("names no column twice (%s)", (language) => {
    for (const layout of Object.values(layouts)) {
      const header = templateHeader(layout, language);
      expect(new Set(header).size).toBe(header.length);
    }
  });
});
