import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import { registryLookUps } from "../../lambdas/aws/look-ups.ts";
import { issueAll } from "../../lambdas/issuance/issue.ts";
import { sweep } from "../../lambdas/issuance/sweep.ts";
import { checkUpload } from "../../lambdas/imports/check.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import type { JobKey, RowKey } from "../../lambdas/imports/job.ts";
import { advanceJob } from "../../lambdas/imports/advance.ts";
import { sweepImports } from "../../lambdas/imports/sweep.ts";
import { workDelivery } from "../../lambdas/imports/work-row.ts";
import { type StopContext, stopImport } from "../../lambdas/imports/stop.ts";
import type { Commit } from "../../lambdas/transaction/write.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { authorities, ISSUING_END, rsaSigner } from "../pki/authorities.ts";
import { actor, type Place, world } from "../world.ts";
import { type Faults, none, pool, random } from "./delivery.ts";

const start = "2026-11-22T03:00:00.000Z";
const seeds = 200;
const by = await world(start);
const { issuing } = await authorities("rsa2048");
afterAll(() => by[Symbol.asyncDispose]());

const wild: Faults = { copies: 5, lostAcknowledgements: 0.1, poison: 0.01, sideBySide: 4, shuffled: true };
const person = (mail: string, device: string) => `${mail},山田,太郎,ヤマダ,タロウ,Yamada,Taro,${mail},${device}\n`;
/** Six rows of five people: two rows meet at one subscriber. */
const registrations =
  person("a@m.jp", "01") +
  person("b@m.jp", "01") +
  person("A@m.jp", "11") +
  ["c", "d", "e"].map((name) => person(`${name}@m.jp`, "01")).join("");
const revocations = ["a@m.jp,a@m.jp,11", "c@m.jp,c@m.jp,01", "d@m.jp,d@m.jp,01"].join("\n");

type Message =
  | { readonly upload: JobKey; readonly version: string }
  | { readonly look: JobKey; readonly turn: number }
  | { readonly row: RowKey }
  | { readonly issuance: string };

/** Everything that a tenant's files come to, without what is random in it. */
async function resultOf(place: Place, jobs: readonly string[]) {
  const { tenantId } = place;
  const { context } = by;
  const ended = await Promise.all(
    jobs.map(async (jobId) => {
      const job = await context.jobs.find(tenantId, jobId);
      const rows = await context.rows.list({ tenantId, jobId });
      const found = await Promise.all(
        rows.map(async ({ row, state, error, certificateId = "" }) => ({
          row,
          state,
          error: error?.code,
          status: (await context.certificates.find(tenantId, certificateId))?.state.status,
        })),
      );
      return { state: job?.state, counts: job?.counts, rows: found };
    }),
  );
  const sent = await Promise.all(by.sent.notices.map((id) => context.notices.findNotice(tenantId, id)));
  const kinds = new Map<string, number>();
  for (const id of new Set(sent.flatMap((notice) => notice?.noticeId ?? []))) {
    const kind = sent.find((notice) => notice?.noticeId === id)?.kinds.join() ?? "";
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const page = await context.lists.page(place, { sort: "name", order: "asc", limit: 100, start: { at: "first" } });
  const serials = page.certificates.map(({ serialNumber }) => serialNumber);
  const ledger = (await context.ledger.read("subscribers")).filter(({ serialNumber }) =>
    serials.includes(serialNumber),
  );
  return {
    jobs: ended,
    notices: Object.fromEntries([...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    certificates: page.certificates
      .map(({ certificateEmail, device, state }) => `${certificateEmail} ${device} ${state.status}`)
      .toSorted(),
    serials: new Set(serials).size,
    revoked: ledger.length,
    licencesUsed: await by.licencesUsed(place),
    open: (await context.jobs.listOpen()).length,
    queue: (await context.progress.listQueue()).length,
  };
}

/** Takes both files through, however their messages are delivered; rows that always fail are `broken`. */
async function run(
  faults: Faults,
  chance: () => number,
  broken: ReadonlySet<number>,
  disturbance?: { readonly after: number; readonly act: (context: StopContext, file: JobKey) => Promise<unknown> },
) {
  by.clock.now = new Date(start);
  by.sent.notices.length = 0;
  const place = await by.place();
  const { tenantId } = place;
  await by.context.commit([by.context.tenants.addOrganization({ ...place, name: "本社" })]);

  let delivered = 0;
  const faulty = faults.copies > 1;
  /** Fails before or after it was done, as a killed function does; not for ever. */
  const commit: Commit = async (writes) => {
    const at = faulty ? chance() : 1;
    if (at < 0.02) throw new Error("killed before the commit");
    await by.context.commit(writes);
    if (at < 0.04) throw new Error("killed after the commit");
  };
  const messages = pool<Message>(faults, chance, async (message, receives) => {
    const context = { ...shared, commit: receives < 3 ? commit : by.context.commit };
    delivered += 1;
    // Side by side with the other deliveries of this moment.
    if (delivered === disturbance?.after)
      await disturbance.act(shared, { tenantId, jobId: jobs.at(-1) ?? "" }).catch(() => undefined);
    if ("upload" in message) await checkUpload(context, message.upload, message.version);
    else if ("look" in message) await advanceJob(context, message.look, message.turn, receives);
    else if ("row" in message) {
      if (broken.has(message.row.row) && message.row.jobId === jobs[0]) {
        const failing = {
          ...context,
          subscribers: { ...context.subscribers, findByMail: () => Promise.reject(new Error("broken")) },
        };
        await workDelivery(failing, message.row, receives);
        return;
      }
      const { issuances } = await workDelivery(context, message.row, receives);
      for (const { certificateId } of issuances) messages.send({ issuance: certificateId });
    } else {
      const [result] = await issueAll(context, [{ tenantId, certificateId: message.issuance }]);
      if (result?.status === "rejected") throw result.reason;
    }
  });
  /** The mail goes out: it is no longer unsent. */
  const sendNotice = async (noticeId: string): Promise<void> => {
    by.sent.notices.push(noticeId);
    const notice = await by.context.notices.findNotice(tenantId, noticeId);
    if (notice !== undefined) await by.context.notices.markSent(notice, by.clock.now);
  };
  const shared = {
    ...by.context,
    brand: "Warifu",
    authorityEnd: async () => ISSUING_END,
    repositoryUrl: "http://crl.example.jp/",
    policy: undefined,
    access: access(by.client, "AccessTable"),
    lookUps: registryLookUps(by.client, "RegistryTable"),
    jobOf: by.context.jobs.find,
    generateKey,
    seal: async ({ part }: { part: string }, plaintext: Uint8Array) =>
      createHash("sha256").update(part).update(plaintext).digest(),
    authority: async (name: "subscribers" | "administrators" | "root") => ({ name, certificate: issuing.certificate }),
    issuer: "subscribers" as const,
    signer: rsaSigner(issuing.keys.pkcs8),
    issuancesWaiting: async () => 0,
    sendNotice: async (_: string, noticeId: string) => sendNotice(noticeId),
    sendNotices: async (notices: readonly { readonly noticeId: string }[]) => {
      for (const { noticeId } of notices) await sendNotice(noticeId);
    },
    sendIssuances: async (certificates: readonly { readonly certificateId: string }[]) => {
      for (const { certificateId } of certificates) messages.send({ issuance: certificateId });
    },
    sendRows: async (rows: readonly RowKey[]) => rows.forEach((row) => messages.send({ row })),
    sendAdvance: async (look: JobKey, turn: number, seconds: number) =>
      messages.send({ look: { tenantId: look.tenantId, jobId: look.jobId }, turn }, seconds),
    sendPackage: async () => undefined,
    readUpload: async (key: string) => bytesOf(files.get(key) ?? ""),
    uploadForm: async (key: string) => ({ url: key, fields: {} }),
  };
  const files = new Map<string, string>();
  const jobs: string[] = [];

  for (const [operation, content] of [
    ["register", registrations],
    ["revoke", revocations],
  ] as const) {
    const order = { ...place, operation, fileName: "f.csv", bulkDownload: false, actor };
    const { jobId, upload } = await createImport(shared, order, () => []);
    jobs.push(jobId);
    files.set(upload.url, content);
    messages.send({ upload: { tenantId, jobId }, version: "1" });
    await settle(jobId);
  }
  return resultOf(place, jobs);

  /** Delivers, and lets the sweep find what is missing, until the file has ended. */
  async function settle(jobId: string): Promise<void> {
    for (let sweeps = 0; sweeps < 20; sweeps++) {
      await messages.drain();
      const over = (await by.context.jobs.find(tenantId, jobId))?.endedAt !== undefined;
      by.clock.now = new Date(by.clock.now.getTime() + 5 * 60_000);
      // An upload's event comes again until it is acknowledged: its loss is not SQS's to make.
      messages.send({ upload: { tenantId, jobId }, version: "1" });
      await sweep(shared, by.clock.now);
      await sweepImports(shared, by.clock.now);
      if (over) return messages.drain();
    }
    throw new Error(`${jobId} has not ended`);
  }
}

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

describe("a file's messages", () => {
  const serial = new Map<string, ReturnType<typeof run>>();
  const serialOf = (broken: ReadonlySet<number>) => {
    const key = [...broken].join();
    const known = serial.get(key) ?? run(none, () => 0.999, broken);
    serial.set(key, known);
    return known;
  };

  it("delivered once and in order, do every row", async () => {
    expect(await serialOf(new Set())).toMatchObject({
      jobs: [
        { state: "done", counts: { done: 6, failed: 0, skipped: 0 } },
        { state: "done", counts: { done: 3, failed: 0, skipped: 0 } },
      ],
      serials: 6,
      revoked: 3,
      licencesUsed: 3,
      open: 0,
      queue: 0,
    });
  });

  it(`copied, shuffled, unacknowledged, killed and poisoned (${seeds} seeds), come to the same as once and in order`, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const chance = random(seed);
      // Of the rows that are not asked to be revoked afterwards: a broken one leaves no slot.
      const broken = new Set([2, 6].filter(() => chance() < 0.01));
      const expected = await serialOf(broken);
      expect({ seed, ...(await run(wild, chance, broken)) }).toEqual({ seed, ...expected });
    }
  }, 600_000);

  const operator = { kind: "operator", name: "tester", requestId: "1" } as const;
  const disturbances: readonly (readonly [
    name: string,
    act: (context: StopContext, file: JobKey) => Promise<unknown>,
  ])[] = [
    ["stopped", (context, file) => stopImport(context, { ...file, actor: operator }, () => [])],
    [
      "stopped by two simultaneously",
      (context, file) =>
        Promise.all([1, 2].map(async () => stopImport(context, { ...file, actor: operator }, () => []))),
    ],
  ];
  it.each(disturbances)(
    "end every row once, with its licence where it belongs, when the file is %s at any moment",
    async (_name, act) => {
      const states = new Set<string | undefined>();
      for (let seed = 1; seed <= 30; seed++) {
        const chance = random(seed);
        const after = 1 + Math.floor(chance() * 40);
        const result = await run(seed % 2 === 0 ? wild : none, chance, new Set(), { after, act });
        for (const { state, counts, rows } of result.jobs) {
          states.add(state);
          // A file that was not accepted has begun nothing.
          if (counts === undefined) {
            expect(rows.every((row) => row.state === "waiting")).toBe(true);
            continue;
          }
          const tally = (ended: string) => rows.filter((row) => row.state === ended).length;
          expect({ seed, ...counts }).toEqual({
            seed,
            done: tally("done"),
            failed: tally("failed"),
            skipped: tally("skipped"),
            stopped: tally("stopped"),
          });
          expect(counts.done + counts.failed + counts.skipped + counts.stopped).toBe(rows.length);
          expect(state).toBe(counts.stopped > 0 ? "stopped" : "done");
          expect(rows.filter((row) => row.state === "stopped" && row.status !== undefined)).toEqual([]);
        }
        const live = result.certificates.filter((one) => one.endsWith(" issued"));
        expect({ seed, ...result }).toMatchObject({ seed, licencesUsed: live.length, open: 0, queue: 0 });
      }
      expect(states).toContain("stopped");
      expect(states).toContain("done");
    },
    600_000,
  );

  it("of a row that always fails end it as failed, and the file ends with the others done", async () => {
    const broken = new Set([2]);
    const result = await run(wild, random(4711), broken);
    expect(result).toEqual(await serialOf(broken));
    expect(result.jobs[0]).toMatchObject({ state: "done", counts: { done: 5, failed: 1, skipped: 0 } });
    expect(result.jobs[0]?.rows[1]).toMatchObject({ row: 2, state: "failed", error: "rowFailed" });
    expect(result.licencesUsed).toBe(2);
  });
});
