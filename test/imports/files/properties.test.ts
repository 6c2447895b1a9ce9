import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  importColumns as columns,
  importLayouts as layouts,
  templateHeader,
} from "../../../lambdas/contract/import-layouts.ts";
import { errorsOf, messageOf, inCp932, placesOf, registering, revoking, rowsOf, service } from "./customer.ts";

const keys = layouts.register.columns;
type Row = Partial<Record<(typeof keys)[number], string>>;

const text = (alphabet: string, longest: number) =>
  fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: 1, maxLength: longest })
    .map((parts) => parts.join(""));
/** No dot is between two letters, where it would be a link. */
const unlinked = (one: fc.Arbitrary<string>) => one.map((value) => value.replaceAll(/\.(?=[A-Za-z])/g, "-"));
const kanji = unlinked(text("山田佐々木髙﨑一ノ瀬ー・Aé.-_", 8));
const katakana = text("アイウヴヱャッン", 1).chain((first) =>
  text("アヤマダヴーッン・", 8).map((rest) => first + rest),
);
const english = unlinked(text("abcXYZ019._-", 12));
const address = fc.tuple(text("abcXYZ019_-", 10), text("abz09", 6)).map(([name, host]) => `${name}@${host}.example.jp`);
const months = fc.integer({ min: 1, max: 12 });
const rowOf = (at: number) =>
  fc.record<Row>(
    {
      primaryEmail: address.map((mail) => `${at}-${mail}`),
      familyName: fc.oneof(kanji, fc.constant("𠮷田")),
      givenName: kanji,
      familyNameKana: katakana,
      givenNameKana: katakana,
      familyNameEnglish: english,
      givenNameEnglish: english,
      certificateEmail: address,
      device: fc.constantFrom("01", "11", "12", "20", "99"),
      from: months.map((month) => `2027/${month}/1`),
      to: months.map((month) => `2028/${month}/28`),
      linkId: text("社員番号 0123,\"=+-@'#", 12)
        .map((id) => id.trim())
        .filter((id) => id !== ""),
      principalName: english.map((name) => `${name}@ad.example.jp`),
    },
    { requiredKeys: [...keys.slice(0, 9), "to"] },
  );
const rows = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => rowOf(at))));

const style = fc.record({
  encoding: fc.constantFrom("utf8", "bom", "cp932"),
  end: fc.constantFrom("\r\n", "\n", "\r"),
  lastEnd: fc.boolean(),
  quoting: fc.constantFrom("needed", "all", "alternate"),
  header: fc.constantFrom("none", "ja", "en"),
  blankLines: fc.boolean(),
  leaveOff: fc.boolean(),
  outside: fc.constantFrom("", " ", "\t", "\u3000", " \u3000"),
  inside: fc.constantFrom("", " ", "\u3000"),
  shortCodes: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

/** A file as somebody's program might write it, and the line number of each row. */
function write(
  given: readonly Row[],
  how: Style,
): { readonly file: Buffer | undefined; readonly lines: readonly number[] } {
  const cell = (value: string, at: number) => {
    const quoted = how.quoting === "all" || (how.quoting === "alternate" && at % 2 === 0) || /[",]/.test(value);
    const padded = `${how.inside}${value}${how.inside}`;
    return `${how.outside}${quoted ? `"${padded.replaceAll('"', '""')}"` : padded}${how.outside}`;
  };
  const written: string[] =
    how.header === "none" ? [] : [templateHeader(layouts.register, how.header).map(cell).join(",")];
  const lines: number[] = [];
  for (const row of given) {
    if (how.blankLines) written.push(how.outside);
    const last = how.leaveOff ? keys.findLastIndex((key) => row[key] !== undefined) : keys.length - 1;
    const cells = keys.slice(0, last + 1).map((key) => row[key] ?? "");
    if (how.shortCodes) cells[8] = (cells[8] ?? "").replace(/^01$/, "1");
    written.push(cells.map(cell).join(","));
    lines.push(written.length);
  }
  const whole = written.join(how.end) + (how.lastEnd ? how.end : "");
  const file =
    how.encoding === "cp932" ? inCp932(whole) : Buffer.from(how.encoding === "bom" ? `\ufeff${whole}` : whole);
  return { file, lines };
}

describe("a file of valid rows", () => {
  it("is read as the same rows in any encoding, quoting and line end", () => {
    fc.assert(
      fc.property(rows, style, (given, how) => {
        const { file, lines } = write(given, how);
        fc.pre(file !== undefined);
        expect(
          rowsOf(
            registering(
              file,
              service(["period", "smart-card"], { principalSuffixes: ["ad.example.jp", "example.jp"] }),
            ),
          ),
        ).toEqual(given.map((cells, at) => ({ line: lines[at], cells: normalised(cells) })));
      }),
      { numRuns: 400 },
    );
  });

  it("is refused, and never half read, when a line is cut out of another encoding", () => {
    fc.assert(
      fc.property(rows, style, fc.nat(), (given, how, at) => {
        const whole = write(given, { ...how, encoding: "utf8", outside: "", inside: "" }).file?.toString() ?? "";
        const split = whole.split(how.end);
        const place = at % split.length;
        const parts = split.map((line, index) => (index === place ? inCp932(line) : Buffer.from(line)));
        fc.pre(parts[place]?.some((byte) => byte > 0x7f) ?? false);
        fc.pre(split.some((line, index) => index !== place && /[^\0-\x7f]/.test(line)));
        const mixed = Buffer.concat(parts.flatMap((part) => [part ?? Buffer.alloc(0), Buffer.from(how.end)]));
        expect(() =>
          registering(mixed, service(["period", "smart-card"], { principalSuffixes: ["ad.example.jp", "example.jp"] })),
        ).toThrow(/^file/);
      }),
      { numRuns: 200 },
    );
  });
});

/** Names composed (NFC), as the columns' rules leave them. */
const normalised = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value.normalize("NFC")]));

const taro = [
  "Yamada-Taro@example.jp",
  "山田",
  "太郎",
  "ヤマダ",
  "タロウ",
  "Yamada",
  "Taro",
  "Yamada-Taro@example.jp",
  "01",
];
const taroInFull: readonly string[] = [...taro, "2027/1/1", "2028/1/1", "0001", "taro@example.jp"];
const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");

/** What no column takes. */
const hostile = [
  "a\u0001b",
  "a\u007fb",
  "\u001b[31m",
  "a\u0085b",
  "a\r\nBcc: x@y.jp",
  "a\nb",
  "a\u2028b",
  "a\u2029b",
  "山\u202e田",
  "a\u200bb",
  "a\u2066b\u2069",
  "a\ufeffb",
  "\ufffd",
  "\ue000",
  "\ud83d\udc68\u200d\ud83d\udcbb",
  "a\u00adb",
  "x".repeat(300),
  "山".repeat(300),
  "a\u3000\u3000b\u0000".replace("\u0000", "\u0002"),
];
/** What the free text of a linked service may hold (exports defend against formulas), but no other column. */
const formulas = [
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "＝1+1",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' OR 1=1 --",
  "../../etc/passwd",
  "${jndi:ldap://x}",
  "CN=a,O=b",
  "a/b\\c",
  "*",
  "%00",
  "%0d%0aBcc:x@y.jp",
  "tenant#t123",
  "a@b@c.jp",
  "(a)",
  "a;b",
];

/** A text as a regular expression that matches it alone. */
const literally = (text: string) => text.replaceAll(/[().]/g, String.raw`\$&`);

describe("a hostile cell", () => {
  const contracted = service(["period", "smart-card"], { principalSuffixes: ["ad.example.jp", "example.jp"] });
  const cases = keys.flatMap((key, at) =>
    [...hostile, ...(key === "linkId" ? [] : formulas)].map((value) => [key, value, at] as const),
  );

  it.each(cases)("is refused in %s: %j", (key, value, at) => {
    const wrong = registering(quoted(taroInFull.with(at, value)), contracted);
    const [error, ...others] = errorsOf(wrong);
    expect(others).toEqual([]);
    expect(error).toMatchObject({ row: 1, column: at + 1 });
    if (error === undefined) return;
    // A cell that holds something is quoted behind its name.
    expect(messageOf(error, "ja")).toMatch(
      new RegExp(`^行:1 項目:${at + 1} ${literally(columns[key].ja)}(「.+」)?：.`, "su"),
    );
    expect(messageOf(error, "en")).toMatch(
      new RegExp(`^Row 1 column ${at + 1} ${literally(columns[key].en)}( “.+”)?: .`, "su"),
    );
  });

  it.each(
    layouts.revoke.columns.flatMap((key, at) => [...hostile, ...formulas].map((value) => [key, value, at] as const)),
  )("is refused in a revocation's %s: %j", (_, value, at) => {
    const cells: readonly string[] = [taroInFull[0] ?? "", taroInFull[0] ?? "", "01"];
    expect(placesOf(revoking(quoted(cells.with(at, value))))).toEqual([expect.stringMatching(`^1:${at + 1} `)]);
  });

  it("that passes holds no control, format, private or unassigned character, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(keys.length - 1), (value, at) => {
        fc.pre(value.isWellFormed() && !value.includes("\0"));
        const read = registering(quoted(taroInFull.with(at, value)), contracted);
        if (read.errors.length === 0)
          expect(Object.values(read.rows[0]?.cells ?? {}).join("")).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        else expect(read.errors.every((error) => error.row === 1 && error.column === at + 1)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
