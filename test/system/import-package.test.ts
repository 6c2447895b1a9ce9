import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { importFile } from "../../lib/operator/import-file.ts";
import { itWith, program, run as answerOf } from "../program.ts";
import { imported, importSubjects, people, registration } from "./import-files.ts";
import { file, folder, run as execute } from "./outside.ts";
import { ask, mail, mails, operator, until } from "./system.ts";
import { audited, remembered } from "./tables.ts";
import { company, unique } from "./tenant.ts";

const [openssl, unzip, python] = [
  program("openssl", "openssl"),
  program("unzip", "unzip"),
  program("python3", "python3"),
];
const statuses = async () =>
  (await operator<{ status: string }[]>("certificate list", { tenant: by.tenantId })).map(({ status }) => status);

/** As long as an address may be (RFC 5321), and another that differs in its last letter alone. */
const long = (last: string) => {
  const labels = ["a", "b", "c"].map((letter) => letter.repeat(60)).join(".");
  return `${unique().padEnd(64, "x").slice(0, 64)}@${labels}.jp`.padEnd(253, "p") + last;
};
const row = (mail: string, english: string, device: string) =>
  `${mail},佐藤,花子,サトウ,ハナコ,${english},Hanako,${mail},${device}\r\n`;
const run = unique();
const longest = [long("q"), long("r")] as const;
const domains = ["mytest.jp", ...longest.map((mail) => mail.slice(mail.indexOf("@") + 1))];
const by = await company({ licences: "100", "allow-mail-domain": domains.join() });
const asked = [
  { mail: `p0-${run}@mytest.jp`, english: "Sato", device: "01" },
  { mail: `p1-${run}@mytest.jp`, english: "SATO", device: "01" },
  { mail: longest[0], english: "Sato", device: "01" },
  { mail: longest[1], english: "Sato", device: "01" },
  { mail: `p2-${run}@mytest.jp`, english: "Kato", device: "01" },
  { mail: `p2-${run}@mytest.jp`, english: "Kato", device: "11" },
  { mail: `p3-${run}@mytest.jp`, english: "Nul", device: "99" },
] as const;
const addresses = asked.map(({ mail }) => mail);
const csv = asked.map(({ mail, english, device }) => row(mail, english, device)).join("");
const { job } = await imported(by, "register", csv, { bulkDownload: true, fileName: "3月 新規.csv" });
await mail(by.email, importSubjects.package);
const { url, fileName } = await by.call("downloadPackage", { params: { jobId: job.jobId } });
const answer = await fetch(url);
const archive = new Uint8Array(await answer.arrayBuffer());
const files = unzipSync(archive);
const names = Object.keys(files);
const certificateFiles = names.filter((name) => name.endsWith(".P12"));

describe("a file whose certificates the administrator fetches", () => {
  it("sends its holders no mails, and its administrators the way to the package", async () => {
    expect(job).toMatchObject({ state: "done", done: 7 });
    const letter = await mail(by.email, importSubjects.package);
    expect(letter.text).toContain(`#/imports/${job.jobId}`);
    expect(letter.text + letter.html).not.toContain("X-Amz-");
    for (const address of addresses) expect(await mails(address)).toEqual([]);
  });

  it("gives a ZIP that is named after the file and its day", () => {
    expect(fileName).toMatch(/^3月-新規_\d{4}-\d{2}-\d{2}\.zip$/);
    expect(answer.headers.get("content-disposition")).toContain(`filename*=UTF-8''${encodeURIComponent(fileName)}`);
  });

  it("has a folder for each device, and the passwords in a folder of their own under the same names", () => {
    expect(names.filter((name) => !name.startsWith("PIN/") && !name.endsWith(".P12"))).toEqual(["一覧.csv"]);
    expect(certificateFiles.map((name) => name.split("/")[0] ?? "").toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => "WindowsPC"),
      "iPhone",
      "その他",
    ]);
    expect(names.filter((name) => name.startsWith("PIN/")).toSorted()).toEqual(
      certificateFiles.map((name) => `PIN/${name.replace(/P12$/, "PIN")}`).toSorted(),
    );
  });

  it("calls each file after its person and device, and only where that is not enough by the mail", () => {
    expect(certificateFiles).toEqual(
      expect.arrayContaining([
        "WindowsPC/Kato-Hanako_WindowsPC.P12",
        "iPhone/Kato-Hanako_iPhone.P12",
        "その他/Nul-Hanako_Other.P12",
      ]),
    );
    expect(certificateFiles).toContain(`WindowsPC/Sato-Hanako_WindowsPC_${addresses[0]}.P12`);
    expect(certificateFiles).toContain(`WindowsPC/SATO-Hanako_WindowsPC_${addresses[1]}.P12`);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it("lists for a spreadsheet whose each file is, without a password", async () => {
    const text = Buffer.from(files["一覧.csv"] ?? []).toString();
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const [heading, ...lines] = text
      .slice(1)
      .trimEnd()
      .split("\r\n")
      .map((line) => line.slice(1, -1).split('","'));
    expect(heading).toEqual(["氏名", "フリガナ", "メール", "デバイス", "シリアル", "ファイル名"]);
    const { rows } = await by.call("listCertificates", { params: by, query: { limit: 100 } });
    const serialOf = (email: string, device: string) =>
      rows.find((one) => one.certificateEmail === email && one.device === device)?.serialNumber;
    expect(lines.map((cells) => cells.slice(0, 5))).toEqual(
      asked.map(({ mail, device }) => [
        "佐藤 花子",
        "サトウ ハナコ",
        mail,
        { "01": "WindowsPC", "11": "iOS(iPhone)", "99": "その他" }[device],
        serialOf(mail, device),
      ]),
    );
    expect(lines.map((cells) => cells[5] ?? "").toSorted()).toEqual(certificateFiles.toSorted());
    for (const name of names.filter((one) => one.endsWith(".PIN"))) {
      expect(text).not.toContain(Buffer.from(files[name] ?? []).toString());
    }
  });

  itWith(
    openssl,
    "has the password of each certificate in the .PIN of the same name, and the list names its holder",
    () => {
      const list = Buffer.from(files["一覧.csv"] ?? []).toString();
      for (const name of certificateFiles) {
        const password = Buffer.from(files[`PIN/${name.replace(/P12$/, "PIN")}`] ?? []).toString();
        expect(password).toMatch(/^[a-z2-9]{17}$/);
        const path = file(folder(), "a.p12", files[name] ?? new Uint8Array());
        const text = execute("openssl", "pkcs12", "-in", path, "-passin", `pass:${password}`, "-nodes");
        const email = asked.find(({ mail }) => text.includes(mail))?.mail ?? "nobody";
        expect(list.split("\r\n").find((line) => line.includes(`"${name}"`))).toContain(`"${email}"`);
      }
    },
  );

  /** What a program made of the archive, by the paths that it made. */
  const unpacked = (at: string) =>
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(at, join(parentPath, name)))
      .toSorted();

  itWith(unzip, "is unpacked by unzip, every file under its name", () => {
    const at = folder();
    expect(answerOf(unzip, "-q", "-d", at, file(folder(), "a.zip", archive))).toEqual({ status: 0, text: "" });
    expect(unpacked(at)).toEqual(names.toSorted());
    // Private keys and their passwords: for their owner alone.
    for (const name of names) expect(statSync(join(at, name)).mode & 0o777).toBe(0o600);
  });

  itWith(python, "is unpacked by Python, every file under its name", () => {
    const at = folder();
    expect(answerOf(python, "-m", "zipfile", "-e", file(folder(), "a.zip", archive), at)).toEqual({
      status: 0,
      text: "",
    });
    expect(unpacked(at)).toEqual(names.toSorted());
  });

  it("marks them as downloaded once the link was handed out", async () => {
    await until("all to be downloaded", async () => (await statuses()).every((status) => status === "downloaded"));
  });

  it("are fetched by a link of now when the same click is sent again, audited every time", async () => {
    const idempotencyKey = unique();
    const click = () => by.call("downloadPackage", { params: { jobId: job.jobId }, idempotencyKey });
    const signedAt = (link: string) => new URL(link).searchParams.get("X-Amz-Date") ?? "";
    const entries = () => audited(by, "import.download", job.jobId);
    const before = (await entries()).length;
    expect(before).toBeGreaterThan(0);

    const first = await click();
    const second = signedAt(first.url);
    await until("the next second", async () => new Date().toISOString().replaceAll(/[-:]/g, "").slice(0, 15) > second);
    const again = await Promise.all([click(), click()]);
    for (const one of again) {
      expect({ ...one, url: "" }).toEqual({ ...first, url: "" });
      expect(signedAt(one.url) > second).toBe(true);
      expect(Buffer.from(await (await fetch(one.url)).arrayBuffer()).equals(archive)).toBe(true);
    }
    const told = await entries();
    expect(told).toHaveLength(before + 3);
    expect(told.at(-1)).toMatchObject({
      actor: { kind: "administrator", id: by.administratorId },
      facts: { certificates: 7 },
    });

    const item = await remembered(by, idempotencyKey);
    expect(item).toMatchObject({ status: 200, reply: {} });
    expect(JSON.stringify(item)).not.toMatch(/x-amz|https?:|signature/i);
  });

  it("are fetched by each of several clicks at once", async () => {
    for (let round = 0; round < 4; round++) {
      const idempotencyKey = unique();
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => by.call("downloadPackage", { params: { jobId: job.jobId }, idempotencyKey })),
      );
      for (const { url: link } of answers) expect((await fetch(link)).status).toBe(200);
    }
  });

  it("is nobody else's to fetch", async () => {
    const other = await company();
    await expect(other.call("downloadPackage", { params: { jobId: job.jobId } })).rejects.toMatchObject({
      problem: { status: 404 },
    });
    const plain = await imported(by, "register", people(1).csv);
    expect(plain.job.package).toBeUndefined();
    await expect(by.call("downloadPackage", { params: { jobId: plain.job.jobId } })).rejects.toMatchObject({
      problem: { status: 409 },
    });
  });
});

describe("the operator's import", () => {
  const at = folder();
  const call = (command: readonly string[], options: Record<string, string | boolean>) =>
    ask(command.join(" "), options);
  const options = { tenant: by.tenantId, service: by.serviceId, operation: "register" };
  const csvFile = (content: string) => {
    const path = join(at, `${unique()}.csv`);
    writeFileSync(path, content);
    return path;
  };

  it("goes the road of the browser's upload to the last row", async () => {
    const done = await importFile(call, { ...options, file: csvFile(people(3).csv), wait: true });
    expect(done).toMatchObject({ ok: true, result: { state: "done", rows: 3, done: 3, failed: 0, errors: [] } });
  });

  it("gives the package's link with --bulk-download", async () => {
    const done = await importFile(call, {
      ...options,
      file: csvFile(people(2).csv),
      wait: true,
      "bulk-download": true,
    });
    if (!done.ok) throw new Error(done.message);
    const { package: link } = done.result as { package: string };
    const zip = unzipSync(new Uint8Array(await (await fetch(link)).arrayBuffer()));
    expect(Object.keys(zip)).toHaveLength(5);
  });

  it("only checks with --dry-run", async () => {
    const before = (await statuses()).length;
    const fine = await importFile(call, { ...options, file: csvFile(people(2).csv), "dry-run": true, wait: true });
    expect(fine).toMatchObject({ ok: true, result: { state: "accepted", dryRun: true, rows: 2, done: 0, errors: [] } });
    const wrong = await importFile(call, { ...options, file: csvFile(registration("a@b", "07")), "dry-run": true });
    expect(wrong).toMatchObject({
      ok: false,
      usage: false,
      result: {
        state: "refused",
        dryRun: true,
        errors: expect.arrayContaining([expect.objectContaining({ row: 1, column: 9 })]) as object,
      },
    });
    expect((await statuses()).length).toBe(before);
  });

  it("refuses an unknown organization by name, and a file that is too large before it is read", async () => {
    expect(await importFile(call, { ...options, file: csvFile(people(1).csv), organization: "支社" })).toMatchObject({
      ok: false,
      usage: true,
    });
    const huge = csvFile("x".repeat(10 * 1024 * 1024 + 1));
    expect(await importFile(call, { ...options, file: huge })).toMatchObject({
      ok: false,
      result: { state: "refused", errors: [{ code: "EntityTooLarge" }] },
    });
    expect(await importFile(call, { ...options, file: csvFile("") })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/ is empty$/) as string,
      result: { state: "refused", errors: [{ code: "EntityTooSmall" }] },
    });
  });
});
