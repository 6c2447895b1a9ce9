import { afterAll, describe, expect, it } from "vitest";
import { domainVerbs } from "../../lambdas/operator/domains.ts";
import { tenantVerbs } from "../../lambdas/operator/tenants.ts";
import { refusal, world } from "../world.ts";

const actor = { kind: "operator", name: "arn:aws:iam::000000000000:user/tester", requestId: "r" } as const;
const made = await world("2026-04-01T00:00:00Z");
afterAll(() => made[Symbol.asyncDispose]());
const authorityEnd = async () => new Date("2036-04-01T00:00:00Z");
const verbs = { ...tenantVerbs({ ...made.context, authorityEnd, policy: undefined }), ...domainVerbs(made.context) };
const [ko, otsu] = [await made.place(), await made.place()];

let count = 0;
const fresh = () => `d${++count}.example`;
const claim = ({ tenantId: tenant }: typeof ko, domain: string, kind: "mail" | "upn" = "mail") =>
  verbs["domain claim"]({ tenant, domain, kind }, actor);
const share = (domain: string) => verbs["domain share"]({ domain, kind: "mail" }, actor);
const release = (domain: string) => verbs["domain release"]({ domain, kind: "mail" }, actor);
const list = ({ serviceId: service }: typeof ko, ...domains: string[]) =>
  verbs["service update"]({ service, "allow-mail-domain": domains }, actor);
const says = (text: string) =>
  expect.objectContaining({ facts: { detail: expect.stringContaining(text) as unknown } }) as unknown;

describe("domain claim", () => {
  it("is refused for what another company holds, above it and below it too, and names the company", async () => {
    const domain = fresh();
    await claim(ko, `a.${domain}`);
    for (const other of [`a.${domain}`, `b.a.${domain}`, domain])
      expect(await refusal(claim(otsu, other))).toEqual(says(ko.tenantId));
    await claim(ko, domain);
    await claim(otsu, `x${domain}`);
  });

  it("is one company's, when two ask at once", async () => {
    const domain = fresh();
    const ends = await Promise.allSettled([claim(ko, domain), claim(otsu, domain)]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is of mail domains and of suffixes of principal names apart, and no-op when asked again", async () => {
    const domain = fresh();
    await claim(ko, domain);
    await claim(otsu, domain, "upn");
    await claim(ko, domain);
    const held = (await verbs["domain list"]({ tenant: ko.tenantId })).filter((one) => one.domain === domain);
    expect(held).toMatchObject([{ kind: "mail", domain, tenantId: ko.tenantId }]);
  });
});

describe("a service's list", () => {
  it("names domains that its company has claimed, or that all share, alone", async () => {
    const [own, shared, nobodys] = [fresh(), fresh(), fresh()];
    await claim(ko, own);
    await share(shared);
    await list(ko, own, `vpn.${own}`, shared);
    await list(otsu, shared);
    expect(await refusal(list(otsu, shared, own))).toEqual(says(ko.tenantId));
    expect(await refusal(list(otsu, nobodys))).toEqual(
      says(`domain claim --tenant ${otsu.tenantId} --domain ${nobodys}`),
    );
  });
});

describe("domain share", () => {
  it("is refused for what a company holds", async () => {
    const domain = fresh();
    await claim(ko, domain);
    expect(await refusal(share(domain))).toEqual(says(ko.tenantId));
    expect(await refusal(share(`a.${domain}`))).toEqual(says(ko.tenantId));
  });
});

describe("domain release", () => {
  it("is refused while a service lists what it covers", async () => {
    const [own, shared] = [fresh(), fresh()];
    await claim(ko, own);
    await share(shared);
    await list(ko, `vpn.${own}`);
    await list(otsu, shared);
    expect(await refusal(release(own))).toEqual(says(ko.serviceId));
    expect(await refusal(release(shared))).toEqual(says(otsu.serviceId));
    for (const { serviceId: service } of [ko, otsu])
      await verbs["service update"]({ service, "allow-any-mail-domain": true }, actor);
    await release(own);
    await release(shared);
    await claim(otsu, own);
    expect(await refusal(release(fresh()))).toEqual(says("not claimed"));
  });

  it("loses against a service that comes to list it meanwhile", async () => {
    const domain = fresh();
    await claim(ko, domain);
    const listed = verbs["service update"];
    const racing = domainVerbs({
      ...made.context,
      tenants: {
        ...made.context.tenants,
        listServices: async (tenantId) => {
          const before = await made.context.tenants.listServices(tenantId);
          await listed({ service: ko.serviceId, "allow-mail-domain": [domain] }, actor);
          return before;
        },
      },
    });
    expect(await refusal(racing["domain release"]({ domain, kind: "mail" }, actor))).toMatchObject({
      kind: "changedMeanwhile",
    });
  });
});
