import { afterAll, describe, expect, it } from "vitest";
import { domainVerbs } from "../../lambdas/operator/domains.ts";
import { tenantVerbs } from "../../lambdas/operator/tenants.ts";
import { refusal, world } from "../world.ts";

const actor = { kind: "operator", name: "arn:aws:iam::000000000000:user/tester", requestId: "r" } as const;
const made = await world("2026-04-01T00:00:00Z");
afterAll(() => made[Symbol.asyncDispose]());
const context = { ...made.context, authorityEnd: async () => new Date("2036-04-01T00:00:00Z"), policy: undefined };
const verbs = { ...tenantVerbs(context), ...domainVerbs(context) };

let count = 0;
const fresh = () => `Reiwa Trust ${++count}`;
const create = (englishName: string) =>
  verbs["tenant create"]({ name: "令和", "english-name": englishName, language: "ja" }, actor);
const rename = (tenant: string, englishName: string) =>
  verbs["tenant update"]({ tenant, "english-name": englishName }, actor);
const serve = (tenant: string, ...names: string[]) =>
  verbs["service create"]({ tenant, name: "一", "allow-o": names }, actor);
const list = (service: string, ...names: string[]) => verbs["service update"]({ service, "allow-o": names }, actor);
const release = (o: string) => verbs["domain release"]({ o }, actor);
const says = (...texts: string[]) =>
  expect.objectContaining({
    facts: {
      detail: expect.stringMatching(
        new RegExp(texts.map((text) => text.replaceAll(/[.()]/g, String.raw`\$&`)).join(".*")),
      ) as unknown,
    },
  }) as unknown;

/** Spellings that a person, or a server that compares loosely, takes for the same. */
const spellings = (name: string) => [name, name.toUpperCase(), name.replaceAll(" ", "-"), `${name}.`, ` ${name}`];

describe("the O of a new tenant", () => {
  it("is no other's, however it is written, and the refusal names whose it is and the remedy", async () => {
    const name = fresh();
    const { tenantId } = await create(name);
    for (const spelling of spellings(name))
      expect(await refusal(create(spelling))).toEqual(
        says("--english-name: ", spelling, tenantId, name, `domain release --o "${name}"`),
      );
    const found = await verbs["domain list"]({ tenant: tenantId });
    expect(found).toMatchObject([{ kind: "o", name, tenantId }]);
  });

  it("is one tenant's, when two ask at once, and the other is not made at all", async () => {
    const name = fresh();
    const ends = await Promise.allSettled([create(name), create(name)]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await verbs["tenant list"]()).filter(({ englishName }) => englishName === name)).toHaveLength(1);
  });
});

describe("a tenant that is renamed", () => {
  it("takes no other's O, and keeps its earlier one until that is released", async () => {
    const [old, changed, others] = [fresh(), fresh(), fresh()];
    const { tenantId } = await create(old);
    const { tenantId: other } = await create(others);
    expect(await refusal(rename(tenantId, others))).toEqual(says("--english-name", others, other));
    await rename(tenantId, changed);
    await rename(tenantId, changed.toUpperCase());
    expect(await refusal(rename(other, old))).toEqual(says(tenantId));
    expect(await release(old.toLowerCase())).toEqual({ o: old, warning: expect.stringContaining(tenantId) as string });
    await rename(other, old);
  });
});

describe("--allow-o", () => {
  it("makes a name the company's own, and takes no other company's", async () => {
    const [own, listed] = [fresh(), fresh()];
    const { tenantId } = await create(own);
    const { tenantId: other } = await create(fresh());
    const { serviceId } = await serve(tenantId, listed, own, listed.toUpperCase());
    for (const spelling of [...spellings(listed), own]) {
      expect(await refusal(serve(other, fresh(), spelling))).toEqual(says("--allow-o: ", spelling, tenantId));
      expect(await refusal(create(spelling))).toEqual(says(tenantId));
    }
    await list(serviceId, listed);
    await serve(tenantId, listed);
    const held = await verbs["domain list"]({ tenant: tenantId });
    expect(held.map(({ name = "" }) => name).toSorted()).toEqual([own, listed].toSorted());
  });

  it("is refused as a slip where the transaction would be too large, and takes 40 names by itself", async () => {
    const { tenantId } = await create(fresh());
    const { serviceId } = await serve(tenantId);
    await list(serviceId, ...Array.from({ length: 40 }, fresh));
    const domains = Array.from({ length: 30 }, () => `d${++count}.example`);
    for (const domain of domains) await verbs["domain share"]({ domain, kind: "mail" }, actor);
    const both = { "allow-mail-domain": domains, "allow-o": Array.from({ length: 40 }, fresh) };
    expect(await refusal(verbs["service update"]({ service: serviceId, ...both }, actor))).toEqual(
      says("too long for one command"),
    );
  });
});

describe("domain release --o", () => {
  it("is refused while the company has the name or a service lists it", async () => {
    const [own, listed] = [fresh(), fresh()];
    const { tenantId } = await create(own);
    const { serviceId } = await serve(tenantId, listed);
    expect(await refusal(release(own))).toEqual(says(own, tenantId, "tenant update"));
    expect(await refusal(release(listed))).toEqual(says(serviceId, "--allow-o"));
    expect(await refusal(release(fresh()))).toEqual(says("is not claimed"));
    await verbs["service update"]({ service: serviceId, "allow-own-o": true }, actor);
    await release(listed);
    expect(await made.audited({ tenantId, serviceId, organizationId: "" }, made.clock.now)).toContainEqual(
      expect.objectContaining({
        action: "organizationName.release",
        subject: listed,
        changes: { name: { from: listed } },
        actor,
      }),
    );
    await create(listed);
  });

  it("loses against a service that comes to list it meanwhile", async () => {
    const listed = fresh();
    const { tenantId } = await create(fresh());
    const { serviceId } = await serve(tenantId, listed);
    await verbs["service update"]({ service: serviceId, "allow-own-o": true }, actor);
    const racing = domainVerbs({
      ...context,
      tenants: {
        ...context.tenants,
        listServices: async (of) => {
          const before = await context.tenants.listServices(of);
          made.clock.now = new Date(made.clock.now.getTime() + 1);
          await list(serviceId, listed);
          return before;
        },
      },
    });
    expect(await refusal(racing["domain release"]({ o: listed }, actor))).toMatchObject({ kind: "changedMeanwhile" });
  });
});
