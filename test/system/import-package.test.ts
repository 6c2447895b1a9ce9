import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { importFile } from "../../lib/operator/import-file.ts";
import { program } from "../program.ts";
import { itWith } from "../program.ts";
import { imported, importSubjects, people, registration } from "./import-files.ts";
import { file, folder, run } from "./outside.ts";
import { ask, mail, mails, operator, until } from "./system.ts";
import { audited, remembered } from "./tables.ts";
import { company, unique } from "./tenant.ts";

const by = await company({ licences: "100" });
const openssl = program("openssl", "openssl");
const statuses = async () =>
  (await operator<{ status: string }[]>("certificate list", { tenant: by.tenantId })).map(({ status }) => status);

const { mails: addresses, csv } = people(4);
const { job } = await imported(by, "register", csv, { bulkDownload: true });
await mail(by.email, importSubjects.package);
const { url, fileName } = await by.call("downloadPackage", { params: { jobId: job.jobId } });
const answer = await fetch(url);
const archive = new Uint8Array(await answer.arrayBuffer());
const files = unzipSync(archive);

describe("a file whose certificates the administrator fetches", () => {
  it("sends its holders no mails, and its administrators the way to the package", async () => {
    expect(job).toMatchObject({ state: "done", done: 4 });
    const letter = await mail(by.email, importSubjects.package);
    expect(letter.text).toContain(`#/imports/${job.jobId}`);
    expect(letter.text + letter.html).not.toContain("X-Amz-");
    for (const address of addresses) expect(await mails(address)).toEqual([]);
  });

  it("gives a ZIP with a .P12 and a .PIN for every certificate", () => {
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${fileName}"`);
    const names = Object.keys(files);
    expect(names).toHaveLength(8);
    for (const address of addresses) {
      expect(names.filter((name) => name.startsWith(`${address}_01_`)).map((name) => name.slice(-4))).toEqual([
        ".P12",
        ".PIN",
      ]);
    }
  });

  itWith(openssl, "has the password of each certificate in its .PIN", () => {
    for (const [name, content] of Object.entries(files).filter(([name]) => name.endsWith(".P12"))) {
      const password = Buffer.from(files[name.replace(/P12$/, "PIN")] ?? []).toString();
      expect(password).toMatch(/^[\w!-~]{10,64}$/);
      const text = run(
        "openssl",
        "pkcs12",
        "-in",
        file(folder(), "a.p12", content),
        "-passin",
        `pass:${password}`,
        "-nodes",
      );
      expect(text).toContain(name.split("_")[0]);
    }
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
      facts: { certificates: 4 },
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
    expect(Object.keys(zip)).toHaveLength(4);
  });

  it("only checks with --dry-run", async () => {
    const before = (await statuses()).length;
    const fine = await importFile(call, { ...options, file: csvFile(people(2).csv), "dry-run": true, wait: true });
    expect(fine).toMatchObject({ ok: true, result: { state: "accepted", rows: 2, done: 0, errors: [] } });
    const wrong = await importFile(call, { ...options, file: csvFile(registration("a@b", "07")), "dry-run": true });
    expect(wrong).toMatchObject({
      ok: false,
      usage: false,
      result: {
        state: "refused",
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
