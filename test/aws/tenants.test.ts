import { afterAll, describe, expect, it } from "vitest";
import { world } from "../world.ts";

const by = await world("2026-04-01T00:00:00Z");
afterAll(() => by[Symbol.asyncDispose]());
const { commit, tenants } = by.context;

async function service() {
  const { tenantId, serviceId } = await by.place();
  const find = async () => {
    const found = await tenants.findService(tenantId, serviceId);
    if (found === undefined) throw new Error("no service");
    return found;
  };
  return { find, before: await find() };
}

describe("a change of a service", () => {
  it("keeps what another one changes at the same time", async () => {
    const { before, find } = await service();
    await commit([tenants.changeService(before, { name: "another name", issuing: false })]);
    await commit([tenants.changeService(before, { mailDomains: ["mytest.jp"] })]);
    await commit([tenants.changeService(before, { licences: 7, key: "auto" })]);
    const changed = { name: "another name", issuing: false, mailDomains: ["mytest.jp"], licences: 7, key: "auto" };
    expect(await find()).toEqual({ ...before, ...changed });
  });

  it("of the licences keeps those in use, and is lost to another one", async () => {
    const { before, find } = await service();
    await commit([tenants.takeLicences(before, 3)]);
    await commit([tenants.changeService(before, { licences: 10 })]);
    expect(await find()).toMatchObject({ licences: 10, licencesUsed: 3 });
    const late = commit([tenants.changeService(before, { licences: 20 })]);
    await expect(late).rejects.toMatchObject({ kind: "changedMeanwhile" });
  });
});
