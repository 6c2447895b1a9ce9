/** Bodies that no page sends, to every route of both sites that takes one: a refusal, and never a fault of ours. */
import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import type { Route } from "../../lambdas/contract/route.ts";
import { askedOf } from "./matrix/cells.ts";
import { asker, eachOf } from "./matrix/client.ts";
import { bodyOf, type Ids, slotsOf } from "./matrix/sample.ts";
import { changedSince, storedOf } from "./matrix/stored.ts";
import { serverCa } from "./system.ts";
import { company } from "./tenant.ts";

const by = await company();
const kinds = { serviceId: "s", organizationId: "o", certificateId: "c", jobId: "j" };
/** Of the right form and nobody's: a body that were taken would name nothing. */
const ids: Ids = Object.fromEntries(
  Object.entries(kinds).map(([kind, letter]) => [kind, `${by.tenantId}-${letter}000000000000`]),
);
const sites = {
  admin: asker({ pfx: by.p12, passphrase: by.password }),
  download: asker({ ca: serverCa }, "downloadUrl"),
} as const;
const routes = [
  ...Object.entries<Route>(adminRoutes).map(([name, route]) => ["admin", name, route] as const),
  ...Object.entries<Route>(downloadRoutes).map(([name, route]) => ["download", name, route] as const),
].filter(([, , { body }]) => body !== undefined);

const each = (body: object, value: unknown) => Object.fromEntries(Object.keys(body).map((name) => [name, value]));
const hostile: Readonly<Record<string, (body: object) => string>> = {
  nothing: () => "",
  "no JSON": () => "{",
  "JSON and more": (body) => `${JSON.stringify(body)} x`,
  null: () => "null",
  "a text": () => '"x"',
  "a number": () => "1e999",
  "a list": (body) => JSON.stringify([body]),
  "a list of lists": () => "[".repeat(30_000) + "]".repeat(30_000),
  "objects in objects": () => '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000),
  "a prototype": (body) => `{"__proto__":${JSON.stringify(body)}}`,
  "a constructor's prototype": (body) => `{"constructor":{"prototype":${JSON.stringify(body)}}}`,
  "null in each field": (body) => JSON.stringify(each(body, null)),
  "an object in each field": (body) => JSON.stringify(each(body, { $ne: "" })),
  "a list in each field": (body) => JSON.stringify(each(body, ["x"])),
  "a number in each field": (body) => JSON.stringify(each(body, 1)).replaceAll("1", "9".repeat(400)),
  "NUL in each field": (body) => JSON.stringify(each(body, "\u0000")),
  "half a character in each field": (body) => JSON.stringify(each(body, "x")).replaceAll('"x"', String.raw`"\ud800"`),
  "line breaks in each field": (body) => JSON.stringify(each(body, "x\r\nBcc: y@z.jp")),
  "marks in each field": (body) => JSON.stringify(each(body, `a${"\u0301\u0316".repeat(2000)}`)),
  "a long text in each field": (body) => JSON.stringify(each(body, "x".repeat(5000))),
  "ten thousand elements": (body) =>
    JSON.stringify(
      each(
        body,
        Array.from({ length: 10_000 }, () => "x"),
      ),
    ),
  "more than 64 kB": (body) => JSON.stringify({ ...body, more: "x".repeat(70_000) }),
  "more than a megabyte of it": (body) => JSON.stringify(each(body, "x".repeat(300_000))),
};

describe.each(routes)("%s %s", (site, _, route) => {
  it("answers every hostile body by a refusal, and nothing changes", async () => {
    const before = storedOf([by.tenantId]);
    const wrong = await eachOf(Object.entries(hostile), async ([name, make]) => {
      const body = bodyOf(route, ids) as object;
      const asked = { ...askedOf(route, ids), body: make(body) };
      const { status, type } = await sites[site](asked);
      return status >= 400 && status < 500 && type !== "" ? undefined : `${name}: ${status} ${type}`;
    });
    expect(wrong.filter((one) => one !== undefined)).toEqual([]);
    expect(changedSince(before, [by.tenantId])).toEqual([]);
  });

  it("takes of two fields of one name the last, and of others nothing", async () => {
    const body = JSON.stringify(bodyOf(route, ids));
    const [name = ""] = Object.keys(JSON.parse(body) as object);
    const more = [`{${JSON.stringify(name)}:null`, '{"tenantId":"t0000000000","admin":true'];
    for (const given of [body, ...more.map((one) => body.replace("{", body === "{}" ? one : `${one},`))]) {
      const { type } = await sites[site]({ ...askedOf(route, ids), body: given });
      // What names no thing of ours is answered about the caller's own company.
      const own = site === "admin" && slotsOf(route).length === 0 ? [""] : [];
      expect(["notFound", "noticeUnknown", "signInFailed", "tooManyTries", ...own]).toContain(type);
    }
  });
});
