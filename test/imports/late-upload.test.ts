import { afterAll, describe, expect, it } from "vitest";
import { registryLookUps } from "../../lambdas/aws/look-ups.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import { lookForUpload } from "../../lambdas/imports/late-upload.ts";
import { actor, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const minute = 60_000;
const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());

const after = (minutes: number) => new Date(Date.parse(start) + minutes * minute);
/** A file that was announced, and a look for it; `uploaded` stands in the bucket. */
async function announced() {
  const place = await by.place();
  const { tenantId, serviceId } = place;
  const order = { tenantId, serviceId, operation: "revoke", fileName: "f.csv", bulkDownload: false, actor } as const;
  const uploadForm = async (url: string) => ({ url, fields: {} });
  const { jobId } = await createImport({ ...by.context, uploadForm }, order, () => []);
  const key = { tenantId, jobId };
  async function* bytes() {
    yield Buffer.from("a@mytest.jp,a@mytest.jp,01");
  }
  const look = (minutes: number, uploaded?: "uploaded") =>
    lookForUpload(
      {
        ...by.context,
        lookUps: registryLookUps(by.client, "RegistryTable"),
        authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z"),
        sendAdvance: async () => {},
        findUpload: async (name) => (uploaded && name.endsWith(`${jobId}.csv`) ? "1" : undefined),
        readUpload: async (_, version) => (version === "1" ? bytes() : undefined),
      },
      key,
      after(minutes),
      1,
    );
  const state = async () => (await by.context.jobs.find(key.tenantId, jobId))?.state;
  return { place, key, look, state };
}

describe("a file whose upload's event does not come", () => {
  it("is checked as if the event had come, if it is there", async () => {
    const { place, key, look, state } = await announced();
    await look(13, "uploaded");
    // No such slot: the check found it.
    expect(await state()).toBe("refused");
    expect(await by.context.jobErrors.list(key)).toMatchObject([{ row: 1, code: "slotUnknown" }]);
    expect(await by.notices(place)).toHaveLength(1);
    expect(await look(18, "uploaded")).toBe("nothing to do");
  });

  it("waits for an hour if it is not there, and is stopped then, which nobody is told", async () => {
    const { place, key, look, state } = await announced();
    await look(59);
    expect(await state()).toBe("uploading");
    await look(61);
    expect(await by.context.jobs.find(key.tenantId, key.jobId)).toMatchObject({
      state: "stopped",
      endedAt: after(61).toISOString(),
    });
    expect(await by.context.jobErrors.list(key)).toMatchObject([{ code: "uploadMissing" }]);
    expect(await by.notices(place)).toEqual([]);
    await look(66);
    expect(await by.context.jobs.find(key.tenantId, key.jobId)).toMatchObject({ endedAt: after(61).toISOString() });
  });
});
