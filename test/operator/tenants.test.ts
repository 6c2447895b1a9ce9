import { describe, expect, it, onTestFinished } from "vitest";
import { tenantVerbs } from "../../lambdas/operator/tenants.ts";
import { refusal, world } from "../world.ts";

const actor = { kind: "operator", name: "arn:aws:iam::000000000000:user/tester", requestId: "r" } as const;

async function operating() {
  const made = await world("2026-04-01T00:00:00Z");
  onTestFinished(() => made[Symbol.asyncDispose]());
  const authorityEnd = async () => new Date("2036-04-01T00:00:00Z");
  return { made, verbs: tenantVerbs({ ...made.context, authorityEnd, policy: undefined }) };
}

const listFirst = expect.objectContaining({
  kind: "usage",
  facts: { detail: "smart-card needs the suffixes of its principal names: give --allow-upn a,b,…" },
}) as unknown;

describe("service create and update", () => {
  it("set smart-card only together with, or after, the suffixes of its principal names", async () => {
    const { made, verbs } = await operating();
    const { tenantId: tenant, serviceId: service } = await made.place();
    const claim = { kind: "upn", domain: "mytest.jp", tenantId: tenant, createdAt: "2026-04-01T00:00:00Z" } as const;
    await made.context.commit(made.context.claims.addClaim(claim));
    const options: ["smart-card"] = ["smart-card"];
    expect(await refusal(verbs["service create"]({ tenant, name: "一", options }, actor))).toEqual(listFirst);
    expect(await refusal(verbs["service update"]({ service, options }, actor))).toEqual(listFirst);
    await verbs["service update"]({ service, options, "allow-upn": ["ad.mytest.jp"] }, actor);
    expect(await refusal(verbs["service update"]({ service, "allow-no-upn": true }, actor))).toEqual(listFirst);
    await verbs["service update"]({ service, options: [], "allow-no-upn": true }, actor);
  });

  it("take a list away by its own option alone", async () => {
    const { made, verbs } = await operating();
    const place = await made.place({ mailDomains: ["mytest.jp"], subjectOrganizations: ["Reiwa"] });
    const { tenantId, serviceId: service } = place;
    const lists = async () => {
      const found = await made.context.tenants.findService(tenantId, service);
      return [found?.mailDomains, found?.subjectOrganizations];
    };
    await verbs["service update"]({ service, "allow-own-o": true }, actor);
    expect(await lists()).toEqual([["mytest.jp"], []]);
    await verbs["service update"]({ service, "allow-any-mail-domain": true }, actor);
    expect(await lists()).toEqual([[], []]);
  });
});
