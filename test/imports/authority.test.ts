import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { registryLookUps } from "../../lambdas/aws/look-ups.ts";
import { importOperations, type ImportOperation } from "../../lambdas/contract/imports.ts";
import { checkUpload } from "../../lambdas/imports/check.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import { operations } from "../../lambdas/imports/operations/operation.ts";
import { workRow } from "../../lambdas/imports/work-row.ts";
import { newId } from "../../lambdas/registry/identifier.ts";
import type { Actor } from "../../lambdas/transaction/audit.ts";
import { type Place, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());

const context = {
  ...by.context,
  brand: "Warifu",
  lookUps: registryLookUps(by.client, "RegistryTable"),
  authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z"),
  uploadForm: async (url: string) => ({ url, fields: {} }),
  jobOf: by.context.jobs.find,
  sendAdvance: async () => undefined,
};
const { administrators, commit, jobs, rows, tenants } = context;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** A file of one row of each operation, which does something if it is done. A new operation does not compile without. */
const files: Readonly<Record<ImportOperation, (mail: string) => string>> = {
  register: () => "hanako@mytest.jp,山田,花子,ヤマダ,ハナコ,Yamada,Hanako,hanako@mytest.jp,01\n",
  revoke: (mail) => `${mail},${mail},01\n`,
};

/** A company with somebody's certificate, and a file that one of its administrators has announced. */
async function announced(operation: ImportOperation, on?: string) {
  const place = await by.place();
  const { tenantId, serviceId } = place;
  await commit([tenants.addOrganization({ ...place, name: "本社" })]);
  const certificate = await by.certificate(place);
  const { holder, certificateEmail: primaryEmail } = certificate;
  if (holder.kind !== "subscriber") throw new Error("not a subscriber's");
  const person = { ...holder, familyNameEnglish: "Yamada", givenNameEnglish: "Taro", createdAt: start };
  await commit([context.subscribers.addSubscriber({ ...person, ...place, primaryEmail })]);
  const administrator = {
    tenantId,
    administratorId: newId(tenantId, "administrator", randomBytes),
    name: "令和 四郎",
    englishName: "Reiwa Shiro",
    email: "shiro@example.jp",
    language: "ja",
    certificateId: "",
    status: "active",
  } as const;
  await commit([administrators.addAdministrator(administrator)]);
  const { administratorId: id, name } = administrator;
  const actor: Actor = { kind: "administrator", id, name, address: "192.0.2.1" };
  const more = operation === "register" ? place : { tenantId, serviceId };
  const order = { ...more, operation, fileName: "f.csv", bulkDownload: false, actor, on } as const;
  const { jobId } = await createImport(context, order, () => []);
  const read: string[] = [];
  return {
    place,
    key: { tenantId, jobId },
    revoke: () => commit(administrators.markRevoked(administrator)),
    /** `meanwhile` is done while the file is being read. */
    upload: (meanwhile: () => Promise<void> = async () => undefined) =>
      checkUpload(
        {
          ...context,
          readUpload: async (key: string) => {
            read.push(key);
            await meanwhile();
            return bytesOf(files[operation](certificate.certificateEmail));
          },
        },
        { tenantId, jobId },
        "1",
      ),
    read,
    /** What the file has done: nothing, if it is as before. */
    done: async () => ({
      certificates: (await peopleIn(place)).toSorted(),
      plan: (await by.row(certificate)).revokeOn?.at,
      licencesUsed: await by.licencesUsed(place),
    }),
  };
}

const peopleIn = async (place: Place): Promise<readonly string[]> =>
  (await context.lists.page(place, { sort: "name", order: "asc", limit: 10, start: { at: "first" } })).certificates.map(
    ({ state }) => state.status,
  );

const untouched = { certificates: ["issued"], plan: undefined, licencesUsed: 1 };
/** Every operation of a file, and a revocation for a day to come. */
const acts: readonly (readonly [ImportOperation, string | undefined])[] = [
  ...importOperations.map((operation) => [operation, undefined] as const),
  ["revoke", "2026/11/25"],
];

it("knows every operation", () => expect(Object.keys(operations).toSorted()).toEqual([...importOperations].toSorted()));

describe.each(acts)("a file to %s (on %s)", (operation, on) => {
  it("is done while its actor is an administrator", async () => {
    const file = await announced(operation, on);
    expect(await file.upload()).toBe("accepted");
    await workRow(context, { ...file.key, row: 1 });
    expect(await file.done()).not.toEqual(untouched);
  });

  it("that is uploaded after its actor was revoked is stopped, and not even read", async () => {
    const file = await announced(operation, on);
    await file.revoke();
    expect(await file.upload()).toMatch(/^stopped/);
    expect(file.read).toEqual([]);
    expect(await jobs.find(file.key.tenantId, file.key.jobId)).toMatchObject({ state: "stopped", rows: 0 });
    expect(await context.jobErrors.list(file.key)).toMatchObject([{ row: 0, code: "actorRevoked" }]);
    expect(await file.done()).toEqual(untouched);
  });

  it("is stopped if its actor is revoked while it is checked", async () => {
    const file = await announced(operation, on);
    expect(await file.upload(file.revoke)).toMatch(/^stopped/);
    expect(await jobs.find(file.key.tenantId, file.key.jobId)).toMatchObject({ state: "stopped", rows: 0 });
    expect(await file.done()).toEqual(untouched);
  });

  it("does no row after its actor was revoked, and gives back its licences", async () => {
    const file = await announced(operation, on);
    await file.upload();
    await file.revoke();
    const row = { ...file.key, row: 1 };
    expect(await workRow(context, row)).toEqual({ issuances: [], publications: [] });
    // Asked again: the licence is given back once.
    await workRow(context, row);
    expect(await rows.find(row)).toMatchObject({ error: { code: "actorRevoked" } });
    expect(await file.done()).toEqual(untouched);
  });

  it("does no row whose actor is revoked between its reading and its transaction", async () => {
    const file = await announced(operation, on);
    await file.upload();
    let raced = false;
    const racing = async (writes: Parameters<typeof commit>[0]) => {
      if (!raced) await file.revoke();
      raced = true;
      await commit(writes);
    };
    await workRow({ ...context, commit: racing }, { ...file.key, row: 1 });
    expect(await file.done()).toEqual(untouched);
  });
});
