import { describe, expect, it } from "vitest";
import { collect, decode } from "../../../lambdas/imports/files/decode.ts";
import { inCp932, line, refusalOf } from "./customer.ts";

const refused = (bytes: Uint8Array) => refusalOf(() => decode(bytes));
const lines = (...parts: (Buffer | string | undefined)[]) =>
  Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from(part ?? ""), Buffer.from("\r\n")])));

describe("decode", () => {
  it("reads UTF-8 with and without a byte order mark, and leaves the mark out", () => {
    expect(decode(Buffer.from("\ufeff𠮷田"))).toBe("𠮷田");
    expect(decode(Buffer.from("𠮷田"))).toBe("𠮷田");
  });

  it("reads Shift_JIS as Windows writes it, NEC's and IBM's characters included", () => {
    const text = "髙橋,﨑,①,～－∥,ﾔﾏﾀﾞ,\\~";
    const [nec, ibm] = ["eee08bb42ced95", "fbfc8bb42cfab1"];
    for (const high of [nec, ibm]) {
      expect(decode(Buffer.from(`${high}2c87402c8160817c81612cd4cfc0de2c5c7e`, "hex"))).toBe(text);
    }
  });

  it.each([
    ["nothing", Buffer.alloc(0), "fileEmpty"],
    ["a byte order mark alone", Buffer.from("\ufeff"), "fileEmpty"],
    ["an .xlsx", Buffer.from("PK\u0003\u0004\u0014\u0000\u0006"), "fileIsSpreadsheet"],
    ["an empty ZIP", Buffer.from("PK\u0005\u0006"), "fileIsSpreadsheet"],
    ["an .xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), "fileIsSpreadsheet"],
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${line()}`, "utf16le"), "fileIsUtf16"],
    ["UTF-16 BE with a mark", Buffer.from(`\ufeff${line()}`, "utf16le").swap16(), "fileIsUtf16"],
    ["UTF-16 LE without a mark", Buffer.from(line(), "utf16le"), "fileIsUtf16"],
    ["UTF-16 BE without a mark", Buffer.from(line(), "utf16le").swap16(), "fileIsUtf16"],
    ["a NUL among text", Buffer.from(`${line()}\n${line()}\u0000\n`), "fileHasNul"],
    ["eleven megabytes", Buffer.alloc(10 * 1024 * 1024 + 1, "a"), "fileTooLarge"],
  ])("refuses %s", (_, bytes, code) => {
    expect(refused(bytes)).toMatchObject({ row: 0, code });
  });

  it("reads ten megabytes to the last byte", () => {
    expect(decode(Buffer.alloc(10 * 1024 * 1024, "a"))).toHaveLength(10 * 1024 * 1024);
  });

  it("names the line that is in no encoding", () => {
    expect(refused(lines(line(), Buffer.from([0xff, 0xff]), line()))).toEqual({ row: 2, code: "fileEncodingUnknown" });
    expect(refused(lines(`\ufeff${line()}`, inCp932(line())))).toEqual({ row: 2, code: "fileEncodingUnknown" });
  });

  it("refuses two encodings in one file, naming a line of each", () => {
    const other = inCp932(line());
    expect(refused(lines("a,b", line(), other))).toEqual({ row: 2, code: "fileEncodingsMixed", facts: { other: 3 } });
    expect(refused(lines(other, other, line()))).toEqual({ row: 3, code: "fileEncodingsMixed", facts: { other: 1 } });
  });
});

describe("collect", () => {
  it("joins what arrives", async () => {
    const chunks = async function* () {
      yield Buffer.from("山").subarray(0, 2);
      yield Buffer.from("山").subarray(2);
    };
    expect((await collect(chunks())).toString()).toBe("山");
  });

  it("stops taking beyond ten megabytes", async () => {
    let taken = 0;
    const chunks = async function* () {
      for (; taken < 1000; taken++) yield Buffer.alloc(1024 * 1024);
    };
    await expect(collect(chunks())).rejects.toMatchObject({ fault: { code: "fileTooLarge" } });
    expect(taken).toBe(10);
  });
});
