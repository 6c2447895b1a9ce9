/**
 * Who gets what of whom, asked of every route of the contract: a route that is added there is asked without a line here.
 */
import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import { cursorOf, sortColumns } from "../../lambdas/contract/lists.ts";
import type { Route } from "../../lambdas/contract/route.ts";
import { askedOf, badKeys, forgeries, naming, spellings, withHeaders, wrongIds } from "./matrix/cells.ts";
import { type Answer, type Asked, eachOf } from "./matrix/client.ts";
import { type Insider, insiders, principals, type Principals, strangers } from "./matrix/principals.ts";
import { idOf, type Ids, type Slot, slotsOf } from "./matrix/sample.ts";
import { atRest, changedSince, storedOf } from "./matrix/stored.ts";
import { type Owner, owner } from "./matrix/things.ts";
import { requester } from "./request.ts";
import { endpoints, serverCa } from "./system.ts";
import { adminOrigin, unique } from "./tenant.ts";

const routes: readonly (readonly [string, Route])[] = Object.entries(adminRoutes);
const unsafe = routes.filter(([, { method }]) => method !== "GET");

const [own, other] = await Promise.all([owner(), owner()]);
const who = await principals(own, other);
const tenants = [own.company.tenantId, other.company.tenantId];
await atRest(tenants);
/** Cells that were asked. */
let asked = 0;

const theirsOf = (insider: Insider): readonly [Owner, Owner] =>
  insider === "another company's administrator" ? [other, own] : [own, other];
const ask = async (by: keyof Principals, one: Asked): Promise<Answer> => {
  asked++;
  return who[by](one);
};
const said = ({ status, type, text }: Answer) => `${status} ${type} ${text}`;

/** Asks each cell side by side; returns the cells that are not as `wrong` allows, and what they changed: all is refused. */
async function refusing<Cell>(
  cells: readonly Cell[],
  wrong: (cell: Cell) => Promise<string | undefined>,
): Promise<{ readonly wrong: readonly string[]; readonly changed: readonly string[] }> {
  const before = storedOf(tenants);
  const found = await eachOf(cells, wrong);
  return { wrong: found.filter((one) => one !== undefined), changed: changedSince(before, tenants) };
}
const nothing = { wrong: [], changed: [] };

describe.each(routes)("%s", (_, route) => {
  const slots = slotsOf(route);

  it("is closed to every stranger, whosever thing is named, by one answer", async () => {
    const missing = (ids: Ids) =>
      Object.fromEntries(Object.keys(ids).map((kind) => [kind, wrongIds["missing"]?.(kind, ids, ids) ?? ""]));
    const named = slots.length === 0 ? [own.ids] : [own.ids, other.ids, missing(own.ids)];
    const result = await refusing(strangers, async (stranger) => {
      const answers = await eachOf(named, async (ids) => ask(stranger, askedOf(route, ids)), 1);
      const [first] = answers;
      // Without a certificate the connection itself is refused.
      const closed = answers.every(({ status }) => status === 403 || (stranger === "nobody" && status === 0));
      const alike = answers.every(({ text }) => text === first?.text);
      return closed && alike ? undefined : `${stranger}: ${answers.map(said).join(" | ")}`;
    });
    expect(result).toEqual(nothing);
  });

  if (slots.length > 0)
    it.each(insiders)(
      "gives the %s nothing for an id that is not theirs, by the answer for a missing one",
      async (by) => {
        const [mine, theirs] = theirsOf(by);
        const missing = new Map<Slot, string>();
        for (const slot of slots) {
          const id = wrongIds["missing"]?.(slot.kind, mine.ids, theirs.ids) ?? "";
          missing.set(slot, said(await ask(by, naming(route, mine.ids, slot, id))).replaceAll(id, "ID"));
        }
        const cells = slots.flatMap((slot) => Object.entries(wrongIds).map(([kind, make]) => ({ slot, kind, make })));
        const result = await refusing(cells, async ({ slot, kind, make }) => {
          const id = make(slot.kind, mine.ids, theirs.ids);
          const answer = await ask(by, naming(route, mine.ids, slot, id));
          const alike = said({ ...answer, text: answer.text.replaceAll(id, "ID") }) === missing.get(slot);
          // Of a list each is answered by itself; in a body an id of another form is a field that breaks its rule.
          const refused = answer.status === 404 || (slot.at === "list" && !answer.text.includes('"done"'));
          const malformed = slot.at !== "path" && answer.status === 400 && answer.type === "invalid";
          return (alike && refused) || malformed ? undefined : `${slot.name}, ${kind}: ${said(answer)}`;
        });
        expect(result).toEqual(nothing);
      },
    );

  if (route.method !== "GET")
    it("takes no request that our page did not make, nor one without a key", async () => {
      const cells = [
        ...forgeries.map(([name, changed]) => ({ name, changed, refusal: "403 forgery" })),
        ...badKeys.map(([name, changed]) => ({ name, changed, refusal: "400 idempotencyMissing" })),
      ];
      const result = await refusing(cells, async ({ name, changed, refusal }) => {
        const answer = await ask("administrator", withHeaders(askedOf(route, own.ids), changed));
        return `${answer.status} ${answer.type}` === refusal ? undefined : `${name}: ${said(answer)}`;
      });
      expect(result).toEqual(nothing);
    });

  it("is no more than itself under another spelling of its path", async () => {
    const result = await refusing(Object.entries(spellings), async ([name, spell]) => {
      const call = askedOf(route, own.ids);
      const answer = await ask("another company's administrator", { ...call, path: spell(call.path) });
      const refused = answer.status >= 400 && answer.status < 500;
      // What names no thing of ours answers about the caller's own company.
      const open = slots.length === 0 && answer.status === 200;
      const ours = answer.text.includes(own.company.tenantId);
      return (refused || open) && !ours ? undefined : `${name}: ${said(answer)}`;
    });
    expect(result.wrong).toEqual([]);
    // What names no thing of ours may be recorded, with the caller's own company.
    const open = slots.length === 0 ? other.company.tenantId : undefined;
    expect(result.changed.filter((key) => open === undefined || !key.includes(open))).toEqual([]);
  });
});

describe.each([...new Set(routes.map(([, { path }]) => path))])("%s", (path) => {
  const known = routes.filter(([, route]) => route.path === path);
  const others = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].filter((method) =>
    known.every(([, route]) => route.method !== method),
  );

  it("has no other method, by name or by a header", async () => {
    const overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];
    const [, route] = known[0] ?? [];
    if (route === undefined) throw new Error(`no route at ${path}`);
    const carrier = others.includes("PUT") ? "PUT" : "PATCH";
    const cells = others.flatMap((method) => [
      { method, changed: {}, as: method },
      ...overrides.map((header) => ({ method: carrier, changed: { [header]: method }, as: `${method} by ${header}` })),
    ]);
    const result = await refusing(cells, async ({ method, changed, as }) => {
      const call = { ...askedOf({ ...route, method: "POST" }, own.ids), method };
      const bare = method === "GET" || method === "HEAD" ? { ...call, body: undefined } : call;
      const answer = await ask("administrator", withHeaders(bare, changed));
      return [403, 404, 405].includes(answer.status) ? undefined : `${as}: ${said(answer)}`;
    });
    expect(result).toEqual(nothing);
  });
});

describe("a place in somebody else's list", () => {
  it("is where no list of ours begins: each order, each direction", async () => {
    const id = idOf(other.ids, "certificateId");
    const path = `/api/services/${own.ids["serviceId"]}/organizations/${own.ids["organizationId"]}/certificates`;
    const values = ["ヤマタ", "taro@mytest.jp", "issued", "01", "2027-01-01T00:00:00.000Z"];
    const queries = [
      ...sortColumns.flatMap((sort) =>
        ["asc", "desc"].flatMap((order) =>
          ["", "&back=1"].flatMap((back) =>
            values.map(
              (value) => `${path}?sort=${sort}&order=${order}${back}&cursor=${cursorOf(`${value}\u0000${id}`)}`,
            ),
          ),
        ),
      ),
      ...["0000", "2026", "9999"].map(
        (year) =>
          `/api/imports?cursor=${encodeURIComponent(`${year}-01-01T00:00:00.000Z#${idOf(other.ids, "jobId")}`)}`,
      ),
      "/api/import-queue",
    ];
    const result = await refusing(queries, async (query) => {
      const answer = await ask("administrator", { method: "GET", path: query });
      const theirs = answer.text.includes(other.company.tenantId);
      return answer.status === 200 && !theirs ? undefined : `${query}: ${said(answer)}`;
    });
    expect(result).toEqual(nothing);
  });
});

describe.each(routes)("%s", (name, route) => {
  it("serves its own company: each of its administrators, and nobody else by the same key", async () => {
    // A file that has ended cannot be stopped, and a certificate without a plan has none to cancel.
    const [mine, theirs] = [askedOf(route, own.ids, freshFields(name)), askedOf(route, other.ids, freshFields(name))];
    const allowed = [route.status, 409];
    const first = await ask("administrator", mine);
    expect(allowed).toContain(first.status);
    expect(first.text).not.toContain(other.company.tenantId);
    const fromElsewhere = await ask("another company's administrator", mine);
    if (slotsOf(route).length > 0) expect(fromElsewhere.status).toBe(404);
    expect(fromElsewhere.text).not.toContain(own.company.tenantId);
    const elsewhere = await ask("another company's administrator", { ...theirs, headers: mine.headers ?? {} });
    expect(allowed).toContain(elsewhere.status);
    expect(elsewhere.text).not.toContain(own.company.tenantId);
    const colleague = await ask("colleague", mine);
    expect(allowed).toContain(colleague.status);
  });
});

describe("one Idempotency-Key", () => {
  it.each(unsafe)("%s: is one administrator's alone, and of one request", async (name, route) => {
    const call = askedOf(route, own.ids, freshFields(name));
    const first = await ask("administrator", call);
    const again = await ask("administrator", call);
    // A link is made anew, and what was refused is refused for what it is now.
    if (first.status === route.status && !first.text.includes('"url"')) expect(again).toEqual(first);
    else expect(again.status).toBe(first.status);
    if (first.status !== route.status) return;
    const otherBody = await ask("administrator", { ...call, body: `${JSON.stringify(call.body ?? {})} ` });
    expect([otherBody.status, otherBody.type]).toEqual([409, "idempotencyReuse"]);
    const stranger = await ask("another company's administrator", call);
    if (slotsOf(route).length > 0) expect([stranger.status, stranger.type]).toEqual([404, "notFound"]);
    else expect(stranger.text).not.toContain(own.company.tenantId);
  });
});

/** What a second call must not share with the first. */
function freshFields(name: string): object {
  return name === "registerSubscriber" ? { primaryEmail: `f-${unique()}@mytest.jp` } : {};
}

describe("the descriptions", () => {
  it("name every operation of the admin site, for administrators", async () => {
    const answer = await own.company.fetch(`${adminOrigin}/api/openapi.json`);
    const { paths, openapi } = (await answer.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(openapi).toBe("3.1.0");
    const named = Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
    expect(named.toSorted()).toEqual(Object.keys(adminRoutes).toSorted());
  });

  it("name every operation of the download site, for everybody", async () => {
    const answer = await requester({ ca: serverCa })(`${endpoints.downloadUrl}api/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths).toSorted()).toEqual(
      Object.values(downloadRoutes)
        .map(({ path }) => path)
        .toSorted(),
    );
  });
});

describe("the matrix", () => {
  it("has at least 1,500 cells", () => {
    expect(asked).toBeGreaterThanOrEqual(1500);
  });
});
