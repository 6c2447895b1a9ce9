import { describe, expect, it } from "vitest";
import { japaneseDay } from "../japanese-day.ts";
import {
  announce,
  ended,
  imported,
  importSubjects,
  people,
  post,
  registration,
  revocation,
  upload,
} from "./import-files.ts";
import { mail, mails, operator, subjects, until } from "./system.ts";
import { remembered } from "./tables.ts";
import { company, unique } from "./tenant.ts";

const by = await company({ licences: "500" });
const certificates = (email?: string) =>
  operator<{ certificateId: string; status: string; certificateEmail: string; device: string }[]>("certificate list", {
    tenant: by.tenantId,
    ...(email === undefined ? {} : { email }),
  });
const licencesUsed = async () => (await by.call("listServices")).services[0]?.licencesUsed ?? -1;

describe("a file of registrations", () => {
  it("is registered and issued row by row, and told to its administrators", async () => {
    const before = await licencesUsed();
    const { mails: addresses, csv } = people(12);
    const { job, errors } = await imported(by, "register", csv);
    expect(job).toMatchObject({ state: "done", rows: 12, done: 12, failed: 0, skipped: 0, actor: "令和 三郎" });
    expect(errors).toEqual([]);
    expect(await licencesUsed()).toBe(before + 12);
    for (const address of addresses) {
      expect((await certificates(address)).map(({ status }) => status)).toEqual(["issued"]);
      await mail(address, subjects.subscriberDownload);
      await mail(address, subjects.subscriberCredential);
    }
    const letter = await mail(by.email, importSubjects.register);
    expect(letter.text).toContain("令和 三郎");
    expect(letter.text).toContain("12 件");
    expect(letter.text).toContain(`#/imports/${job.jobId}`);
  });

  it("takes several devices of one person, with mails of their own", async () => {
    const address = `many-${unique()}@mytest.jp`;
    const other = `phone-${unique()}@mytest.jp`;
    const csv =
      registration(address) +
      registration(address, "11", other) +
      registration(address, "12") +
      registration(address, "20", other);
    const { job } = await imported(by, "register", csv);
    expect(job).toMatchObject({ state: "done", done: 4 });
    const found = await certificates(address);
    expect(found.map(({ device, certificateEmail }) => `${device} ${certificateEmail}`).toSorted()).toEqual(
      [`01 ${address}`, `11 ${other}`, `12 ${address}`, `20 ${other}`].toSorted(),
    );
    await mail(other, subjects.subscriberDownload);
  });

  it("that wants more licences than there are is refused as a whole, with the count", async () => {
    const poor = await company({ licences: "5" });
    const { job, errors } = await imported(poor, "register", people(6).csv);
    expect(job).toMatchObject({ state: "refused", rows: 0, done: 0 });
    expect(errors).toEqual([
      expect.objectContaining({
        row: 0,
        code: "licencesExceeded",
        message: expect.stringContaining("今回 6") as string,
      }),
    ]);
    expect((await poor.call("listServices")).services[0]?.licencesUsed).toBe(0);
    const letter = await mail(poor.email, importSubjects.registerErrors);
    expect(letter.text).toContain("1件も行っていません");
  });

  it("is told of missing licences together with what is wrong in its rows", async () => {
    const poor = await company({ licences: "5" });
    const { errors } = await imported(poor, "register", people(6).csv + registration("not a mail"));
    expect(errors.map(({ row, code }) => [row, code])).toEqual([
      [0, "licencesExceeded"],
      [7, "mailCharacter"],
      [7, "mailCharacter"],
    ]);
  });

  it("is refused as a whole for one wrong row, and every error is told with row and column", async () => {
    const before = (await certificates()).length;
    const { mails: addresses, csv } = people(5);
    const wrong = registration(`x-${unique()}@mytest.jp`, "07") + registration("not a mail", "01", addresses[0]);
    const { job, errors } = await imported(by, "register", csv + wrong);
    expect(job).toMatchObject({ state: "refused", done: 0 });
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [6, 9],
      [7, 1],
    ]);
    expect((await certificates()).length).toBe(before);
  });

  it("is refused where the registry says otherwise: another name, a slot that is taken", async () => {
    const address = `known-${unique()}@mytest.jp`;
    await imported(by, "register", registration(address));
    const other = registration(address.toUpperCase().replace("MYTEST.JP", "mytest.jp"), "11").replace("太郎", "次郎");
    const { errors } = await imported(by, "register", registration(address) + other);
    expect(errors.map(({ row, code }) => [row, code])).toEqual([
      [1, "slotTaken"],
      [2, "namesDiffer"],
    ]);
    const again = await imported(by, "register", registration(address));
    expect(again.errors.map(({ row, code }) => [row, code])).toEqual([[1, "slotTaken"]]);
    const wrong = await imported(by, "register", registration(address).replace("ヤマダ", "山田"));
    expect(wrong.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [1, 4, "kana"],
      [1, 9, "slotTaken"],
    ]);
    const renamed = await imported(by, "register", registration(address, "11").replace("太郎", "次郎"));
    expect(renamed.errors.map(({ row, code }) => [row, code])).toEqual([[1, "subscriberDiffers"]]);
  });

  it("is checked in the version that came first, whatever is uploaded over it", async () => {
    const { jobId, upload: form } = await announce(by, "register");
    const first = people(2);
    const swapped = people(3);
    expect((await post(form, first.csv)).ok).toBe(true);
    await until("the first version to be taken", async () => {
      const { job } = await by.call("getImport", { params: { jobId } });
      return job.state !== "uploading";
    });
    expect((await post(form, swapped.csv)).ok).toBe(true);
    expect((await ended(by, jobId)).job).toMatchObject({ state: "done", rows: 2 });
    expect(await certificates(swapped.mails[0])).toEqual([]);
  });

  it("is checked in one version alone where two are uploaded together, in no promised order", async () => {
    const { jobId, upload: form } = await announce(by, "register");
    const versions = [people(2), people(3)];
    for (const sent of await Promise.all(versions.map(({ csv }) => post(form, csv)))) expect(sent.ok).toBe(true);
    const { job: taken } = await ended(by, jobId);
    expect(taken.state).toBe("done");
    for (const { mails: addresses } of versions) {
      const registered = taken.rows === addresses.length ? 1 : 0;
      for (const address of addresses) expect(await certificates(address)).toHaveLength(registered);
    }
  });
});

describe("an announcement that is sent again under its key", () => {
  const policyOf = ({ upload: { fields } }: Awaited<ReturnType<typeof announce>>) =>
    JSON.parse(Buffer.from(fields["Policy"] ?? "", "base64").toString()) as { expiration: string };

  it("is the same file, with a form of now that uploads it", async () => {
    const [key, fileName] = [unique(), `${unique()}.csv`];
    const click = () => announce(by, "register", { fileName }, key);
    const [first, ...others] = await Promise.all([click(), click(), click(), click()]);
    const { expiration } = policyOf(first);
    const second = first.upload.fields["X-Amz-Date"] ?? "";
    await until("the next second", async () => new Date().toISOString().replaceAll(/[-:]/g, "").slice(0, 15) > second);
    const again = await click();
    expect(new Set([first, ...others, again].map(({ jobId }) => jobId)).size).toBe(1);
    expect(policyOf(again).expiration > expiration).toBe(true);
    expect(again.upload).toMatchObject({ url: first.upload.url, fields: { key: first.upload.fields["key"] } });
    expect((again.upload.fields["X-Amz-Date"] ?? "") > second).toBe(true);

    expect((await post(again.upload, people(1).csv)).status).toBe(204);
    expect((await ended(by, again.jobId)).job).toMatchObject({ state: "done", done: 1, fileName });
    const { jobs } = await by.call("listImports", { query: { limit: 50 } });
    expect(jobs.filter((one) => one.fileName === fileName).map(({ jobId }) => jobId)).toEqual([first.jobId]);
  });

  it("is remembered without anything signed", async () => {
    const key = unique();
    const { jobId, upload: form } = await announce(by, "register", {}, key);
    const item = await remembered(by, key);
    expect(item).toMatchObject({ status: 201, reply: { jobId } });
    expect(item["reply"]).toEqual({ jobId });
    for (const name of ["Policy", "X-Amz-Signature"])
      expect(JSON.stringify(item)).not.toContain(form.fields[name] ?? "");
    expect(JSON.stringify(item)).not.toMatch(/x-amz|signature|policy/i);
  });

  it("is refused where it says something else, and is another company's own", async () => {
    const key = unique();
    const { jobId } = await announce(by, "register", { fileName: "a.csv" }, key);
    await expect(announce(by, "register", { fileName: "b.csv" }, key)).rejects.toMatchObject({
      problem: { status: 409, type: "urn:warifu:problem:idempotencyReuse" },
    });
    const other = await company();
    expect((await announce(other, "register", { fileName: "a.csv" }, key)).jobId).not.toBe(jobId);
  });
});

describe("a file of revocations", () => {
  it("revokes the live certificates of its slots, and says where there was nothing to do", async () => {
    const { mails: addresses, csv } = people(3);
    await imported(by, "register", csv);
    const [first = "", second = ""] = addresses;
    const once = await imported(by, "revoke", revocation(first.toUpperCase().replace("MYTEST.JP", "mytest.jp")));
    expect(once.job).toMatchObject({ state: "done", done: 1, skipped: 0 });
    const both = await imported(by, "revoke", revocation(first) + revocation(second));
    expect(both.job).toMatchObject({ state: "done", rows: 2, done: 1, skipped: 1, failed: 0 });
    expect(both.errors).toEqual([expect.objectContaining({ row: 1, code: "nothingToRevoke", outcome: "skipped" })]);
    for (const [at, status] of ["revoked", "revoked", "issued"].entries()) {
      expect((await certificates(addresses[at])).map((one) => one.status)).toEqual([status]);
    }
    await mail(by.email, importSubjects.revoke);
    expect((await mails(by.email)).filter(({ subject }) => subject === subjects.revocation)).toEqual([]);
  });

  it("is refused for an unknown slot, and a foreign company's is unknown", async () => {
    const foreign = await company({ licences: "5" });
    const address = `foreign-${unique()}@mytest.jp`;
    await imported(foreign, "register", registration(address));
    const { job, errors } = await imported(by, "revoke", revocation(address));
    expect(job.state).toBe("refused");
    expect(errors).toEqual([expect.objectContaining({ row: 1, code: "slotUnknown" })]);
    await mail(by.email, importSubjects.revokeErrors);
    expect((await operator<{ status: string }[]>("certificate list", { tenant: foreign.tenantId }))[0]?.status).toBe(
      "issued",
    );
  });

  it("plans the revocations of a day to come", async () => {
    const { mails: addresses, csv } = people(2);
    await imported(by, "register", csv);
    const day = japaneseDay(3);
    const { job } = await imported(by, "revoke", addresses.map((one) => revocation(one)).join(""), { on: day });
    expect(job).toMatchObject({ state: "done", done: 2, on: day });
    const [found] = await certificates(addresses[0]);
    const row = await by.call("getCertificate", { params: { certificateId: found?.certificateId ?? "" } });
    expect(row).toMatchObject({
      status: "issued",
      revokeOn: new Date(`${day.replaceAll("/", "-")}T00:00:00+09:00`).toISOString(),
    });
  });
});

describe("the queue over all companies", () => {
  it("shows files and rows in numbers, and no other company's names", async () => {
    const other = await company({ licences: "500" });
    const jobs = [
      await upload(other, "register", people(60).csv, { fileName: "ひみつ.csv" }),
      await upload(by, "register", people(40).csv),
    ];
    const seen = await until("both in the queue", async () => {
      const queue = await by.call("getImportQueue");
      return queue.own.length === 1 && queue.files >= 1 && queue;
    });
    expect(JSON.stringify(seen)).not.toContain("ひみつ");
    expect(JSON.stringify(seen)).not.toContain(other.tenantId);
    expect(seen.own[0]?.job.jobId).toBe(jobs[1]);
    expect(Date.parse(seen.own[0]?.job.estimatedEnd ?? "")).toBeGreaterThan(Date.now() - 60_000);
    await expect(by.call("getImport", { params: { jobId: jobs[0] ?? "" } })).rejects.toMatchObject({
      problem: { status: 404 },
    });
    const [, mine] = await Promise.all([ended(other, jobs[0] ?? ""), ended(by, jobs[1] ?? "")]);
    expect(mine.job).toMatchObject({ state: "done", done: 40 });
    expect((await by.call("listImports")).jobs[0]?.jobId).toBe(jobs[1]);
    expect((await by.call("getImportQueue")).own).toEqual([]);
  }, 120_000);
});
