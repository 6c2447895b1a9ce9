import { afterAll, describe, expect, it } from "vitest";
import { healthVerbs } from "../../lambdas/operator/health.ts";
import { authorityNames } from "../../lambdas/authority/authority.ts";
import { noEntries, packed, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { PublicationDiffers, type PublishContext, publishCrl } from "../../lambdas/revocation/publish.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { watchCrls } from "../../lambdas/revocation/watch.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";
import { bucket, crlKey as key } from "./bucket.ts";
import { actor, refusal, type World, world } from "../world.ts";

const now = "2026-11-22T03:00:00.000Z";
const minute = 60_000;
const { root, issuing } = await authorities("rsa2048");
const signer = rsaSigner(issuing.keys.pkcs8);
const by = await world(now);
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

const publisher = (store: ReturnType<typeof bucket>, change: Partial<PublishContext> = {}): PublishContext => ({
  now: by.context.now,
  authority: async (name) => ({ name, certificate: name === "root" ? root.certificate : issuing.certificate }),
  authorities: by.context.authorities,
  ledger: by.context.ledger,
  signer,
  crlLifetime: 24 * 60 * minute,
  findCrl: store.findCrl,
  replaceCrl: store.replaceCrl,
  ...change,
});
const shown = (store: ReturnType<typeof bucket>) => readCrl(store.objects.get(key) ?? new Uint8Array());
const serials = (store: ReturnType<typeof bucket>) =>
  [...unpacked(shown(store).entries)].map(({ serialNumber }) => serialNumber);
const pass = (milliseconds: number) => (by.clock.now = new Date(by.clock.now.getTime() + milliseconds));

async function revoked(): Promise<string> {
  const certificate = await by.certificate(here);
  await revoke(by.context, { ...certificate, reason: "superseded", actor });
  return certificate.serialNumber;
}

/** A CRL of the authority with these entries, made by somebody else. */
async function forged(
  store: ReturnType<typeof bucket>,
  entries: readonly string[],
  number: number,
): Promise<Uint8Array> {
  const tbs = crlTbs({
    issuerCertificate: issuing.certificate,
    number,
    signedAt: by.context.now(),
    lifetime: 60 * minute,
    entries: packed([...unpacked(shown(store).entries)].filter(({ serialNumber }) => entries.includes(serialNumber))),
  });
  return signCrl(tbs, signer, issuing.certificate);
}

const health = (store: ReturnType<typeof bucket>, of: World = by) =>
  healthVerbs({
    now: of.context.now,
    authority: publisher(store).authority,
    pending: of.context.pending,
    plans: of.context.plans,
    notices: of.context.notices,
    ledger: of.context.ledger,
    findCrl: async (name) => (name === key ? store.findCrl(name) : store.findCrl("others")),
    queues: [],
    depth: async () => ({ waiting: 0, inFlight: 0 }),
    sendNightly: async () => {},
  }).health();
const subscribers = async (store: ReturnType<typeof bucket>) =>
  (await health(store)).crl.find(({ issuer }) => issuer === "subscribers");

describe("publishCrl", () => {
  it("makes one publication of many revocations, and reads it back", async () => {
    const store = bucket();
    await publishCrl(publisher(store), "subscribers");
    const wanted = [await revoked(), await revoked(), await revoked()];
    const { crl, lacked, fault } = await publishCrl(publisher(store), "subscribers");
    expect({ lacked, fault }).toEqual({ lacked: [], fault: undefined });
    expect(serials(store)).toEqual(expect.arrayContaining(wanted));
    expect(shown(store).number).toBe(crl.number);
  });

  it("is harmless when two publish at once: numbers rise, and nothing is lost", async () => {
    const store = bucket();
    const wanted = [await revoked()];
    const both = await Promise.all([1, 2, 3].map(() => publishCrl(publisher(store), "subscribers")));
    const numbers = both.map(({ crl }) => Number(crl.number));
    expect(new Set(numbers).size).toBe(3);
    expect(Number(shown(store).number)).toBe(Math.max(...numbers));
    expect(serials(store)).toEqual(expect.arrayContaining(wanted));
  });

  it("accepts a later one of another publisher in the place of its own, when that continues it", async () => {
    const store = bucket();
    let raced = false;
    const racing = publisher(store, {
      replaceCrl: async (...put) => {
        const done = await store.replaceCrl(...put);
        if (!raced) {
          raced = true;
          await publishCrl(publisher(store), "subscribers");
        }
        return done;
      },
    });
    const { crl } = await publishCrl(racing, "subscribers");
    expect(shown(store).number).toBeGreaterThan(crl.number);
  });

  it.each([
    ["nothing", async () => undefined],
    ["other bytes", async () => ({ bytes: Buffer.from("no CRL"), etag: "x" })],
  ])("says that it differs when %s stands at the address after it was put", async (_, found) => {
    const store = bucket();
    let put = false;
    const context = publisher(store, {
      findCrl: (name) => (put ? found() : store.findCrl(name)),
      replaceCrl: async (...args) => {
        const etag = await store.replaceCrl(...args);
        put = etag !== undefined;
        return etag;
      },
    });
    expect(await refusal(publishCrl(context, "subscribers"))).toBeInstanceOf(PublicationDiffers);
  });

  it("says that it differs when a later CRL stands there that lacks a revocation", async () => {
    const store = bucket();
    await revoked();
    await publishCrl(publisher(store), "subscribers");
    const context = publisher(store, {
      replaceCrl: async (...args) => {
        const done = await store.replaceCrl(...args);
        store.objects.set(key, await forged(store, [], 1_000_000));
        return done;
      },
    });
    expect(await refusal(publishCrl(context, "subscribers"))).toBeInstanceOf(PublicationDiffers);
  });

  it("finds what an older CRL lacks that somebody put there, names it, and mends it", async () => {
    const store = bucket();
    const early = await revoked();
    await publishCrl(publisher(store), "subscribers");
    const old = serials(store);
    const late = await revoked();
    pass(2 * minute);
    await publishCrl(publisher(store), "subscribers");
    store.objects.set(key, await forged(store, old, Number(shown(store).number) + 1));
    expect((await subscribers(store)) as object).toMatchObject({ missing: 1 });
    pass(minute);
    const { lacked } = await publishCrl(publisher(store), "subscribers");
    expect(lacked).toEqual([late]);
    expect(serials(store)).toEqual(expect.arrayContaining([early, late]));
    expect((await publishCrl(publisher(store), "subscribers")).lacked).toEqual([]);
  });
});

/** What may be at a CRL's address that was not put there. */
const damage: Readonly<Record<string, (der: Uint8Array, older: Uint8Array) => Promise<Uint8Array | undefined>>> = {
  nothing: async () => undefined,
  "an empty object": async () => new Uint8Array(),
  "half of it": async (der) => der.subarray(0, der.length / 2),
  HTML: async () => Buffer.from("<html><body>Not found</body></html>"),
  "one bit of its signature changed": async (der) => der.with(der.length - 5, (der.at(-5) ?? 0) ^ 1),
  "another authority's list": async () => {
    const order = { issuerCertificate: root.certificate, number: 9, entries: noEntries, signedAt: by.context.now() };
    return signCrl(crlTbs({ ...order, lifetime: 60 * minute }), rsaSigner(root.keys.pkcs8), root.certificate);
  },
  "a list of the greatest number that nobody signed": async () => {
    const order = {
      issuerCertificate: issuing.certificate,
      number: 2n ** 53n,
      entries: noEntries,
      signedAt: by.context.now(),
    };
    return signCrl(crlTbs({ ...order, lifetime: 60 * minute }), signer, issuing.certificate).then((der) =>
      der.with(der.length - 5, (der.at(-5) ?? 0) ^ 1),
    );
  },
  "an older list": async (_, older) => older,
};

describe("what was put at the address of the CRL by somebody else", () => {
  it.each(Object.entries(damage))(
    "%s is said and replaced, with all revocations and the next number",
    async (_, made) => {
      const store = bucket();
      await publishCrl(publisher(store), "subscribers");
      const older = store.objects.get(key) ?? new Uint8Array();
      const early = await revoked();
      const { crl: last } = await publishCrl(publisher(store), "subscribers");
      const bytes = await made(store.objects.get(key) ?? new Uint8Array(), older);
      if (bytes === undefined) store.objects.delete(key);
      else store.objects.set(key, bytes);
      const late = await revoked();
      const { crl, fault } = await publishCrl(publisher(store), "subscribers");
      expect(fault).toMatch(/^(it is|there is)/);
      expect(serials(store)).toEqual(expect.arrayContaining([early, late]));
      expect(crl.number).toBe(last.number + 1n);
      expect(await publishCrl(publisher(store), "subscribers")).toMatchObject({ fault: undefined, lacked: [] });
    },
  );

  it("is named though the older list lacks nothing of its own time", async () => {
    const store = bucket();
    await publishCrl(publisher(store), "subscribers");
    const older = store.objects.get(key) ?? new Uint8Array();
    pass(2 * minute);
    const late = await revoked();
    await publishCrl(publisher(store), "subscribers");
    store.objects.set(key, older);
    pass(2 * minute);
    expect((await publishCrl(publisher(store), "subscribers")).lacked).toEqual([late]);
  });
});

describe("watchCrls", () => {
  /** A repository with all three lists, of one authority for simplicity's sake. */
  async function watched() {
    const store = bucket();
    const { authorities } = by.context;
    const context = {
      authorities,
      findEtag: async (name: string) => (await store.findCrl(name))?.etag,
      replaceCrl: store.replaceCrl,
    };
    for (const issuer of ["subscribers", "administrators"] as const) await publishCrl(publisher(store), issuer);
    const der = Buffer.from("the root's list");
    const etag = (await store.replaceCrl("crl/root.crl", der, undefined)) ?? "";
    const { number } = await authorities.nextCrlNumber("root", 0);
    await authorities.keepLastCrl("root", { number, etag, der });
    return { store, watch: () => watchCrls(context, authorityNames), der };
  }

  it("finds nothing to do while the lists are those that were put", async () => {
    const { watch } = await watched();
    expect(await watch()).toEqual({ changed: [], rootRestored: false });
  });

  it.each([
    ["changed", (store: ReturnType<typeof bucket>) => store.objects.set(key, Buffer.from("x"))],
    ["gone", (store: ReturnType<typeof bucket>) => store.objects.delete(key)],
  ])("asks for a publication of the list that is %s, and of no other", async (_, spoil) => {
    const { store, watch } = await watched();
    spoil(store);
    expect(await watch()).toEqual({ changed: ["subscribers"], rootRestored: false });
    await publishCrl(publisher(store), "subscribers");
    expect(await watch()).toEqual({ changed: [], rootRestored: false });
  });

  it.each([
    ["changed", (store: ReturnType<typeof bucket>) => store.objects.set("crl/root.crl", Buffer.from("x"))],
    ["gone", (store: ReturnType<typeof bucket>) => store.objects.delete("crl/root.crl")],
  ])("puts the root's list back that is %s", async (_, spoil) => {
    const { store, watch, der } = await watched();
    spoil(store);
    expect(await watch()).toEqual({ changed: [], rootRestored: true });
    expect(Buffer.compare(store.objects.get("crl/root.crl") ?? Buffer.of(), der)).toBe(0);
    expect(await watch()).toEqual({ changed: [], rootRestored: false });
  });
});

describe("health", () => {
  it("counts a revocation as missing only after the minute in which it is promised, and is not well then", async () => {
    const store = bucket();
    await publishCrl(publisher(store), "subscribers");
    pass(minute);
    expect(await subscribers(store)).toMatchObject({ missing: 0, entries: serials(store).length });
    await revoked();
    expect(await subscribers(store)).toMatchObject({ missing: 0 });
    pass(minute + 1000);
    expect(await subscribers(store)).toMatchObject({ missing: 1 });
    expect((await health(store)).ok).toBe(false);
    await publishCrl(publisher(store), "subscribers");
    expect(await subscribers(store)).toMatchObject({ missing: 0 });
  });

  it("reports bytes that are no CRL, or another authority's, instead of failing", async () => {
    const store = bucket();
    store.objects.set(key, Buffer.from("no CRL"));
    const found = await health(store);
    expect(found.ok).toBe(false);
    expect(found.crl.find(({ issuer }) => issuer === "subscribers")).toMatchObject({
      error: expect.stringMatching(
        /^it is no CRL of this authority .*; the publisher replaces it within a minute/,
      ) as unknown,
    });
    const tbs = crlTbs({
      issuerCertificate: root.certificate,
      number: 1,
      entries: noEntries,
      signedAt: by.context.now(),
      lifetime: 60 * minute,
    });
    store.objects.set(key, await signCrl(tbs, rsaSigner(root.keys.pkcs8), root.certificate));
    expect(await subscribers(store)).toHaveProperty("error");
  });

  it("is not well while somebody waits for a mail for minutes, also when the sweep has sent it again", async () => {
    const store = bucket();
    const { notices, commit } = by.context;
    const unsent = async () => (await health(store)).unsent;
    await commit([
      notices.addNotice({
        tenantId: here.tenantId,
        noticeId: "waiting",
        to: "saburo@example.jp",
        recipient: "令和 三郎",
        language: "ja",
        certificateIds: [],
        createdAt: by.clock.now.toISOString(),
        kinds: ["revocation-done"],
        act: { actor: "割符" },
      }),
    ]);
    pass(2 * minute);
    expect(await unsent()).toBe(0);
    pass(2 * minute);
    await notices.postponeResend({ ...here, noticeId: "waiting" }, new Date(+by.clock.now + 3 * minute).toISOString());
    expect(await unsent()).toBe(1);
    expect((await health(store)).ok).toBe(false);
    const notice = await notices.findNotice(here.tenantId, "waiting");
    if (notice === undefined) throw new Error("no notice");
    await notices.markSent(notice, by.clock.now);
    expect(await unsent()).toBe(0);
  });
});
