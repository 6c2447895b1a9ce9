import { describe, expect, it } from "vitest";
import { announce, imported, importSubjects, people, post, registration } from "./import-files.ts";
import { mail, operator } from "./system.ts";
import { company } from "./tenant.ts";

const by = await company({ licences: "20000" });
const line = (mail: string, more = "") => registration(mail).replace("\r\n", `${more}\r\n`);
const mebibyte = 1024 * 1024;
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

/** What is uploaded, and the one error that is answered: code, row and column. */
const bad: readonly (readonly [
  name: string,
  content: string | Uint8Array,
  code: string,
  row: number,
  column: number,
])[] = [
  ["columns too few", "a@mytest.jp,山田,太郎\r\n", "columnsMissing", 1, 4],
  ["columns too many", line("a@mytest.jp", ",,,,,extra"), "columnsSurplus", 1, 14],
  ["nothing but an end of line", "\r\n", "fileHasNoRows", 0, 0],
  ["NUL", registration("a@mytest.jp") + "\0", "fileHasNul", 2, 1],
  ["a cell of 10 MB", `${"x".repeat(10 * mebibyte - 100)},a\r\n`, "fileRowTooLong", 1, 0],
  ["an unclosed quote", registration("a@mytest.jp") + '"b@mytest.jp,山田\r\n', "fileQuoteOpen", 2, 0],
  ["a line break inside a cell", registration("a@mytest.jp").replace("山田", '"山\r\n田"'), "lineBreak", 1, 2],
  ["UTF-16", utf16(registration("a@mytest.jp")), "fileIsUtf16", 0, 0],
  ["a ZIP or XLSX", Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), "fileIsSpreadsheet", 0, 0],
  ["10,001 rows", people(10_001).csv, "fileHasTooManyRows", 0, 0],
  ["1,000,000 rows", "a,b,c\n".repeat(1_000_000), "fileHasTooManyRows", 0, 0],
  ["a row twice", registration("a@mytest.jp").repeat(2), "slotTwice", 2, 1],
  ["mails that differ by case only", registration("a@mytest.jp") + registration("A@mytest.jp"), "slotTwice", 2, 1],
  ["the device code 07", registration("a@mytest.jp", "07"), "deviceCode", 1, 9],
];

describe("a file with", () => {
  it.each(bad)("%s is refused with its own error, and nothing is done", async (_name, content, code, row, column) => {
    const { job, errors } = await imported(by, "register", content);
    expect(job).toMatchObject({ state: "refused", rows: 0, done: 0, failed: 0 });
    const found = errors.find((error) => error.code === code);
    expect(found ?? errors).toMatchObject({ code, row });
    if (column > 0) expect(found).toMatchObject({ column });
    expect(found?.message.length).toBeGreaterThan(5);
    expect(await operator("certificate list", { tenant: by.tenantId })).toEqual([]);
    expect((await by.call("listServices")).services[0]?.licencesUsed).toBe(0);
  });

  it("the header line of our template alone has no rows", async () => {
    const header =
      "代表メールアドレス,利用者（姓）,利用者（名）,利用者（姓）フリガナ,利用者（名）フリガナ,利用者（姓）英語表記,利用者（名）英語表記,利用デバイス用メールアドレス,デバイスコード\r\n";
    const { errors } = await imported(by, "register", header);
    expect(errors.map(({ code }) => code)).toEqual(["fileHasNoRows"]);
  });

  it("more mistakes than are kept tells how many there are in all", async () => {
    const { mails } = people(1235);
    const file = mails.map((one, at) => registration(one, at < 1234 ? "07" : "01")).join("");
    const { job, errors } = await imported(by, "register", file);
    expect(job).toMatchObject({ state: "refused", mistakes: 1234 });
    expect(errors).toHaveLength(1000);
    expect(errors.at(-1)).toEqual(expect.objectContaining({ row: 1000, code: "deviceCode" }));
  });

  it("one mistake in all of its rows is told once, of all of them", async () => {
    const { mails } = people(1234);
    const { job, errors } = await imported(by, "register", mails.map((one) => registration(one, "07")).join(""));
    expect(job).toMatchObject({ state: "refused", mistakes: 1 });
    expect(errors).toEqual([expect.objectContaining({ row: 0, column: 9, code: "deviceCode" })]);
    const [wrong] = (await imported(by, "register", registration("a@mytest.jp", "07"))).errors;
    expect(wrong).toMatchObject({ row: 1, column: 9, value: "07", code: "deviceCode" });
  });

  it("an Excel workbook says so in the words of the mail", async () => {
    const letter = await mail(by.email, importSubjects.registerErrors);
    expect(letter.text).toContain("登録は1件も行っていません");
    const { errors } = await imported(by, "register", Buffer.from([0x50, 0x4b, 3, 4]));
    expect(errors[0]?.message).toContain("CSV ではなく Excel ファイルです");
  });
});

describe("the upload's form", () => {
  it("takes no empty file and none beyond 10 MB", async () => {
    const { upload } = await announce(by, "register");
    expect(await (await post(upload, "")).text()).toContain("EntityTooSmall");
    expect(await (await post(upload, Buffer.alloc(10 * mebibyte + 1, 0x41))).text()).toContain("EntityTooLarge");
  });

  it("puts the file under its own key and no other", async () => {
    const { upload } = await announce(by, "register");
    const elsewhere = { ...upload, fields: { ...upload.fields, key: "t0000000000/t0000000000-j000000000000.csv" } };
    expect((await post(elsewhere, people(1).csv)).status).toBe(403);
  });
});

describe("announcing a file", () => {
  it("is refused for a foreign service, without an organization, for a day that is over", async () => {
    const other = await company();
    const body = { operation: "register", fileName: "a.csv", organizationId: by.organizationId } as const;
    const create = (serviceId: string, given: Parameters<typeof by.call<"createImport">>[1]["body"]) =>
      by.call("createImport", { params: { serviceId }, body: given });
    await expect(create(other.serviceId, body)).rejects.toMatchObject({ problem: { status: 404 } });
    await expect(create(by.serviceId, { ...body, organizationId: other.organizationId })).rejects.toMatchObject({
      problem: { status: 404 },
    });
    await expect(create(by.serviceId, { operation: "register", fileName: "a.csv" })).rejects.toMatchObject({
      problem: { status: 400, errors: [{ field: "organizationId", code: "required" }] },
    });
    await expect(
      create(by.serviceId, { operation: "revoke", fileName: "a.csv", on: "2020/01/01" }),
    ).rejects.toMatchObject({
      problem: { status: 400, errors: [{ field: "on", code: "revokeOnTooEarly" }] },
    });
  });

  it("is refused for registrations where the service does not allow issuing", async () => {
    const closed = await company({ issuing: false });
    await expect(announce(closed, "register")).rejects.toMatchObject({ problem: { status: 403 } });
    await expect(announce(closed, "revoke")).resolves.toMatchObject({ jobId: expect.any(String) as string });
  });
});
