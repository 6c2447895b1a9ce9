import { isUtf8 as isUtf8OfNode } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUtf8 } from "../../../lambdas/imports/files/bytes.ts";
import { collect } from "../../../lambdas/imports/files/collect.ts";
import { decode } from "../../../lambdas/imports/files/decode.ts";
import { inCp932, line, refusalOf } from "./customer.ts";

const refused = (bytes: Uint8Array) => refusalOf(() => decode(bytes));
const lines = (...parts: (Buffer | string | undefined)[]) =>
  Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from(part ?? ""), Buffer.from("\r\n")])));

describe("decode", () => {
  it("reads UTF-8 with and without a byte order mark, and leaves the mark out", () => {
    expect(decode(Buffer.from("\ufeff𠮷田"))).toEqual({ text: "𠮷田", encoding: "UTF-8 BOM" });
    expect(decode(Buffer.from("𠮷田"))).toEqual({ text: "𠮷田", encoding: "UTF-8" });
  });

  it("reads Shift_JIS as Windows writes it, NEC's and IBM's characters included", () => {
    const text = "髙橋,﨑,①,～－∥,ﾔﾏﾀﾞ,\\~";
    const [nec, ibm] = ["eee08bb42ced95", "fbfc8bb42cfab1"];
    for (const high of [nec, ibm]) {
      expect(decode(Buffer.from(`${high}2c87402c8160817c81612cd4cfc0de2c5c7e`, "hex"))).toEqual({
        text,
        encoding: "Shift_JIS",
      });
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
    ["a web page", Buffer.from("\ufeff\r\n <!DOCTYPE html><html>"), "fileIsHtml"],
    ["a table that was saved as a web page", Buffer.from('<html xmlns:x="urn:schemas">'), "fileIsHtml"],
    ["XML", Buffer.from('<?xml version="1.0"?>'), "fileIsHtml"],
    ["a PDF", Buffer.from("%PDF-1.7\n\u0000"), "fileIsPdf"],
    ["eleven megabytes", Buffer.alloc(10 * 1024 * 1024 + 1, "a"), "fileTooLarge"],
  ])("refuses %s", (_, bytes, code) => {
    expect(refused(bytes)).toMatchObject({ row: 0, code });
  });

  it("reads ten megabytes to the last byte", () => {
    expect(decode(Buffer.alloc(10 * 1024 * 1024, "a")).text).toHaveLength(10 * 1024 * 1024);
  });

  it("names the row and column of a NUL", () => {
    expect(refused(Buffer.from(`${line()}\r\n\r\n${line()}\u0000\n`))).toEqual({
      row: 3,
      column: 9,
      code: "fileHasNul",
    });
    expect(refused(Buffer.from('"a,b","c\u0000"'))).toMatchObject({ row: 1, column: 2 });
  });

  it.each(["\u001a", "\u001a\u001a", "\u001a\r\n", "\r\n\u001a"])(
    "leaves out an end-of-file mark of DOS and the line ends beside it: %j",
    (mark) => {
      const text = "a,山\r\nc,田";
      for (const bytes of [Buffer.from(text), inCp932(text) ?? Buffer.alloc(0)])
        expect(decode(Buffer.concat([bytes, Buffer.from(`\r\n${mark}`)])).text).toBe(text);
    },
  );

  it("keeps such a mark elsewhere, for the cell's rule to name", () => {
    expect(decode(Buffer.from("a\u001a,b\n")).text).toBe("a\u001a,b\n");
  });

  it("agrees with the runtime about what is UTF-8", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.string({ unit: "binary", maxLength: 4 }), (bytes, text) => {
        for (const mixed of [bytes, Buffer.concat([Buffer.from(text.toWellFormed()), bytes])])
          expect(isUtf8(mixed)).toBe(isUtf8OfNode(mixed));
      }),
      { numRuns: 3000 },
    );
    for (const hex of ["c080", "e08080", "eda080", "f08080af", "f4908080", "f5808080", "e282", "f09f98"])
      expect(isUtf8(Buffer.from(hex, "hex"))).toBe(false);
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
    expect(await collect(chunks())).toEqual(Buffer.from("山"));
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
