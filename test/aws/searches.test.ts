/** Searches in lists that are held against a plain filter over all of their rows. */
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Certificate, State } from "../../lambdas/certificates/certificate.ts";
import { kanaSortKey } from "../../lambdas/certificates/collation.ts";
import type { Counted, ListPage, PageRequest, PageStart } from "../../lambdas/certificates/list.ts";
import { matches } from "../../lambdas/certificates/search.ts";
import { type Device, deviceCodes } from "../../lambdas/contract/fields.ts";
import { sortColumns } from "../../lambdas/contract/lists.ts";
import { conditionsOf, type Conditions } from "../../lambdas/contract/search.ts";
import { statuses } from "../../lambdas/contract/shapes.ts";
import { type Place, world } from "../world.ts";
import { made, start, stateOf } from "./listed-people.ts";

const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());
const { lists } = by.context;

/** A list of so many, as registration and issuance leave it. */
async function listOf(count: number): Promise<{ readonly place: Place; readonly all: readonly Certificate[] }> {
  const place = await by.place();
  const all: Certificate[] = [];
  for (let from = 0; from < count; from += 40) {
    const some = Array.from({ length: Math.min(40, count - from) }, (_, at) => made(place, from + at));
    await by.context.commit(by.context.certificates.add(...some));
    for (const [at, certificate] of some.entries()) {
      const state = stateOf(from + at);
      all.push({ ...certificate, state });
      const { issuedAt } = { issuedAt: undefined, ...state };
      const issued: State[] = issuedAt === undefined ? [] : [{ status: "issued", issuedAt }];
      const steps = [...issued, ...(state.status === "issued" || state.status === "issuing" ? [] : [state])];
      let before: State = certificate.state;
      for (const next of steps) {
        await by.context.commit([
          by.context.certificates.move({ ...certificate, state: before }, [before.status], next),
        ]);
        before = next;
      }
    }
  }
  return { place, all };
}

/** More rows than one answer reads. */
const large = 2600;

/** All pages of a search, from its beginning or, backwards, from its end. */
async function read(place: Place, page: Omit<PageRequest, "start">, from: "first" | "last") {
  const pages: ListPage[] = [];
  let at: PageStart | undefined = { at: from };
  while (at !== undefined) {
    const found: ListPage = await lists.page(place, { ...page, start: at });
    pages.push(found);
    const cursor = from === "first" ? found.next : found.previous;
    at = cursor === undefined ? undefined : { at: from === "first" ? "after" : "before", cursor };
  }
  const inOrder = from === "first" ? pages : pages.toReversed();
  return { ids: inOrder.flatMap(({ certificates }) => certificates.map(({ certificateId }) => certificateId)), pages };
}

const rank = { issuing: 0, failed: 1, issued: 2, downloaded: 3, revoked: 4 } as const;
/** What the order is by, for those that differ in it. */
const sortValue = {
  name: ({ holder }: Certificate) => (holder.kind === "subscriber" ? kanaSortKey(holder.familyNameKana) : ""),
  primaryEmail: ({ holder }: Certificate) => (holder.kind === "subscriber" ? holder.primaryEmail.toLowerCase() : ""),
  certificateEmail: ({ certificateEmail }: Certificate) => certificateEmail.toLowerCase(),
  status: ({ state }: Certificate) => String(rank[state.status]),
  device: ({ device }: Certificate) => device,
  notAfter: ({ notAfter }: Certificate) => notAfter,
} as const;

const words = ["山", "山田", "ヤマ", "やまだ", "髙", "𠮷", "smith", "Ｓｍ", "無"];
const days = fc.constantFrom("2026/11/22", "2026/11/25", "2026/12/10", "2027/11/22", "2028/01/15");
const asked: fc.Arbitrary<Conditions | undefined> = fc
  .record(
    {
      family: fc.constantFrom(...words),
      given: fc.constantFrom("太", "花子", "ハナ"),
      mail: fc.constantFrom("P-000", "p-", "smith-", "device-1", "x"),
      requestedFrom: days,
      requestedTo: days,
      issuedFrom: days,
      issuedTo: days,
      endsFrom: days,
      endsTo: days,
      status: fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1 }),
      device: fc.uniqueArray(fc.constantFrom<Device>(...deviceCodes), { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .filter(
    ({ requestedFrom = "", requestedTo = "9", issuedFrom = "", issuedTo = "9", endsFrom = "", endsTo = "9" }) =>
      requestedFrom <= requestedTo && issuedFrom <= issuedTo && endsFrom <= endsTo,
  )
  .map((given) => conditionsOf(given));

describe.each([120, large])("a search in a list of %d", (count) => {
  let place: Place;
  let all: readonly Certificate[];
  beforeAll(async () => ({ place, all } = await listOf(count)), 120_000);

  it("finds, over all of its pages and from both ends, what a filter of all rows finds, in the order that was asked for", async () => {
    await fc.assert(
      fc.asyncProperty(
        asked,
        fc.constantFrom(...sortColumns),
        fc.constantFrom("asc", "desc"),
        fc.constantFrom(20, 50, 100),
        async (conditions, sort, order, limit) => {
          fc.pre(conditions !== undefined);
          const wanted = all.filter((certificate) => conditions === undefined || matches(certificate, conditions));
          const forward = await read(place, { sort, order, limit, conditions }, "first");
          const backward = await read(place, { sort, order, limit, conditions }, "last");
          expect(forward.ids.toSorted()).toEqual(wanted.map(({ certificateId }) => certificateId).toSorted());
          expect(backward.ids).toEqual(forward.ids);
          const values = forward.ids.map((id) =>
            sortValue[sort](all.find(({ certificateId }) => certificateId === id) as Certificate),
          );
          expect(values).toEqual(order === "asc" ? values.toSorted() : values.toSorted().toReversed());
          let [counted, cursor]: [number, string | undefined] = [0, undefined];
          do {
            const part: Counted | undefined = conditions && (await lists.countMatching(place, conditions, cursor));
            [counted, cursor] = [counted + (part?.certificates ?? 0), part?.next];
          } while (cursor !== undefined);
          expect(counted).toBe(wanted.length);
        },
      ),
      { numRuns: count < 1000 ? 60 : 25 },
    );
  }, 120_000);

  it("leads back to the page before", async () => {
    const page = { sort: "name", order: "asc", limit: 20, conditions: { statuses: ["issued"] } } as const;
    const first = await lists.page(place, { ...page, start: { at: "first" } });
    const second = await lists.page(place, { ...page, start: { at: "after", cursor: first.next ?? "" } });
    const back = await lists.page(place, { ...page, start: { at: "before", cursor: second.previous ?? "" } });
    const ids = (of: ListPage) => of.certificates.map(({ certificateId }) => certificateId);
    expect(ids(back)).toEqual(ids(first));
  });

  it("that reads many rows in vain stops, says how many it looked at, and goes on from there", async () => {
    const conditions = conditionsOf({ status: ["downloaded"], issuedFrom: "2026/11/24", issuedTo: "2026/11/27" });
    const wanted = all.filter((certificate) => conditions !== undefined && matches(certificate, conditions));
    const { ids, pages } = await read(place, { sort: "primaryEmail", order: "asc", limit: 100, conditions }, "first");
    expect(ids).toHaveLength(wanted.length);
    expect(pages.map(({ looked }) => looked !== undefined)).toEqual(count === large ? [true, false] : [false]);
    expect(pages[0]?.looked ?? 0).toBeLessThan(count);
  });
});
