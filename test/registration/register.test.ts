import { afterAll, describe, expect, it } from "vitest";
import type { Device } from "../../lambdas/contract/fields.ts";
import { register } from "../../lambdas/registration/register.ts";
import { Refusal } from "../../lambdas/refusal.ts";
import type { ContractedService } from "../../lambdas/registry/tenant.ts";
import { yamadaTaro } from "../person.ts";
import { actor, world } from "../world.ts";

const by = await world("2026-11-22T03:00:00.000Z");
afterAll(() => by[Symbol.asyncDispose]());
const context = { ...by.context, brand: "Warifu", authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z") };

type Asked = { readonly device: Device; readonly from?: string; readonly to?: string; readonly principalName?: string };

/** Registers in a service of its own that was changed so; a second call meets the first. */
async function enrolling(change: Partial<Pick<ContractedService, "options" | "mailDomains" | "principalSuffixes">>) {
  const place = await by.place();
  const { tenants, commit } = by.context;
  await commit([tenants.addOrganization({ ...place, name: "本社" })]);
  const service = await tenants.findService(place.tenantId, place.serviceId);
  const tenant = await tenants.findTenant(place.tenantId);
  if (service === undefined || tenant === undefined) throw new Error("no service");
  await commit([tenants.changeService(service, { ...change, licences: 100 })]);
  return (primaryEmail: string, devices: readonly Asked[]) =>
    register(context, { tenant, ...place, actor, registration: { ...yamadaTaro, primaryEmail, devices } }, () => []);
}

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error(`was not refused: ${String(error)}`);
  return { kind: error.kind, errors: error.errors };
}

describe("register", () => {
  it("names every device that has its certificate already, each at its place", async () => {
    const enrol = await enrolling({});
    await enrol("Taro@mytest.jp", [{ device: "01" }, { device: "20" }]);
    const again = enrol("taro@mytest.jp", [{ device: "01" }, { device: "11" }, { device: "20" }]);
    expect(await refusal(again)).toEqual({
      kind: "slotTaken",
      errors: [
        { field: "devices.0", code: "slotTaken", facts: { email: "Taro@mytest.jp", device: "01" } },
        { field: "devices.2", code: "slotTaken", facts: { email: "Taro@mytest.jp", device: "20" } },
      ],
    });
  });

  it("names the field whose mail domain the service does not have", async () => {
    const enrol = await enrolling({ mailDomains: ["mytest.jp", "mytest.example"] });
    await enrol("taro@MYTEST.jp", [{ device: "01" }]);
    const facts = { domain: "other.jp", allowed: "mytest.jp, mytest.example" };
    expect(await refusal(enrol("taro@Other.jp", [{ device: "01" }]))).toEqual({
      kind: "mailDomainNotAllowed",
      errors: [{ field: "primaryEmail", code: "mailDomainNotAllowed", facts }],
    });
  });

  it("names the device whose user principal name has a suffix that the service does not have", async () => {
    const enrol = await enrolling({ options: ["smart-card"], principalSuffixes: ["ad.mytest.jp"] });
    const facts = { suffix: "other.jp", allowed: "ad.mytest.jp" };
    expect(await refusal(enrol("taro@mytest.jp", [{ device: "01", principalName: "taro@other.jp" }]))).toEqual({
      kind: "invalid",
      errors: [{ field: "devices.0.principalName", code: "principalSuffixNotAllowed", facts }],
    });
    await enrol("taro@mytest.jp", [{ device: "01", principalName: "taro@AD.mytest.jp" }]);
  });

  it("tells of the person once and of each device by itself, all in one refusal", async () => {
    const enrol = await enrolling({ options: ["period"], mailDomains: ["mytest.jp"] });
    const devices = [{ device: "01" }, { device: "11", to: "2027/3/31" }, { device: "20" }] as const;
    const { kind, errors } = await refusal(enrol("taro@other.jp", devices));
    expect([kind, ...errors.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      "mailDomainNotAllowed",
      "primaryEmail mailDomainNotAllowed",
      "devices.0.to toRequired",
      "devices.2.to toRequired",
    ]);
  });

  it("tells of every device what is wrong with its period, in the form that the service takes", async () => {
    const enrol = await enrolling({ options: ["period"] });
    const devices = [
      { device: "01", from: "2026/11/21", to: "2099/1/1" },
      { device: "11", to: "2027.03.31" },
    ] as const;
    expect(await refusal(enrol("taro@mytest.jp", devices))).toEqual({
      kind: "invalid",
      errors: [
        { field: "devices.0.from", code: "fromPast" },
        { field: "devices.0.to", code: "toBeyondAuthority", facts: { end: "2036/11/20" } },
        { field: "devices.1.to", code: "dateOnly" },
      ],
    });
  });
});
