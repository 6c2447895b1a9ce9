/** What is asked of every route: ids of others in each place, forged requests, other methods, other spellings of its path. */
import { unsafeHeaders } from "../../../lambdas/contract/problem.ts";
import type { Route } from "../../../lambdas/contract/route.ts";
import { adminOrigin, unique } from "../tenant.ts";
import type { Asked } from "./client.ts";
import { bodyOf, idOf, type Ids, pathOf, type Slot } from "./sample.ts";

/** The headers that our page sends with this method. */
const pageHeaders = (method: string): Record<string, string> =>
  method === "GET"
    ? {}
    : {
        "Content-Type": "application/json",
        Origin: adminOrigin,
        "Sec-Fetch-Site": "same-origin",
        [unsafeHeaders.marker]: unsafeHeaders.markerValue,
        [unsafeHeaders.idempotency]: unique() + unique(),
      };

/** A call of the route as our page would make it, naming these things. */
export const askedOf = (route: Route, ids: Ids, fields: object = {}): Asked => ({
  method: route.method,
  path: pathOf(route, ids),
  headers: pageHeaders(route.method),
  body: bodyOf(route, ids, fields),
});

/** The same with one place naming another thing. */
export function naming(route: Route, ids: Ids, slot: Slot, id: string): Asked {
  if (slot.at === "path") return askedOf(route, { ...ids, [slot.kind]: encodeURIComponent(id) });
  return askedOf(route, ids, { [slot.name]: slot.at === "list" ? [id] : id });
}

const initial = (id: string) => /-([a-z])/.exec(id)?.[1] ?? "x";

/** Ids that name nothing of the caller's. The first is of the right form and nobody's: all others must look like it. */
export const wrongIds: Readonly<Record<string, (kind: string, own: Ids, foreign: Ids) => string>> = {
  missing: (kind, own) => `${tenantOf(own)}-${initial(idOf(own, kind))}000000000000`,
  "another company's": (kind, _, foreign) => idOf(foreign, kind),
  "missing at the other company": (kind, own, foreign) =>
    `${tenantOf(foreign)}-${initial(idOf(own, kind))}000000000000`,
  "missing at no company": (kind, own) => `t0000000000-${initial(idOf(own, kind))}000000000000`,
  "another company's with the own company's front": (kind, own, foreign) =>
    idOf(foreign, kind).replace(tenantOf(foreign), tenantOf(own)),
  "the own one with another company's front": (kind, own, foreign) =>
    idOf(own, kind).replace(tenantOf(own), tenantOf(foreign)),
  "the next kind's": (kind, own) => otherKinds(kind, own)[0] ?? "",
  "the second next kind's": (kind, own) => otherKinds(kind, own)[1] ?? "",
  "the third next kind's": (kind, own) => otherKinds(kind, own)[2] ?? "",
  "an administrator's": (_, own) => own["administratorId"] ?? "",
  "an administrator's certificate's": (_, own) => own["administratorCertificateId"] ?? "",
  "the company's": (_, own) => tenantOf(own),
  "the other company's": (_, __, foreign) => tenantOf(foreign),
  "in capitals": (kind, own) => idOf(own, kind).toUpperCase(),
  "with a letter more": (kind, own) => `${idOf(own, kind)}x`,
  "with a letter less": (kind, own) => idOf(own, kind).slice(0, -1),
  "with a blank": (kind, own) => `${idOf(own, kind)} `,
  "with a NUL": (kind, own) => `${idOf(own, kind)}\u0000`,
  "with a key's separator": (kind, own) => `${idOf(own, kind)}#row`,
  "with a line break": (kind, own) => `${idOf(own, kind)}\r\nX: y`,
  "full width": (kind, own) => idOf(own, kind).replace("t", "ｔ"),
  "both with a comma": (kind, own, foreign) => `${idOf(own, kind)},${idOf(foreign, kind)}`,
  "a path out of it": (kind, own, foreign) => `${idOf(own, kind)}/../${idOf(foreign, kind)}`,
  "an object's own name": () => "__proto__",
  "a wildcard": () => "*",
  "too long": () => "t".repeat(5000),
};

const tenantOf = (ids: Ids): string => idOf(ids, "serviceId").split("-")[0] ?? "";
/** The ids of the things of other kinds, beginning behind this one. */
function otherKinds(kind: string, own: Ids): readonly string[] {
  const kinds = ["serviceId", "organizationId", "certificateId", "jobId"];
  const at = kinds.indexOf(kind);
  return [...kinds.slice(at + 1), ...kinds.slice(0, at)].map((one) => idOf(own, one));
}

type Changed = Readonly<Record<string, string | readonly string[] | undefined>>;
const origins = [
  undefined,
  "null",
  "https://evil.example",
  adminOrigin.replace("https:", "http:"),
  adminOrigin.replace(/:\d+$/, ""),
  adminOrigin.replace(/:\d+$/, ":1"),
  `${adminOrigin}.evil.example`,
  adminOrigin.replace("//", "//evil."),
  adminOrigin.replace("//", "//user@"),
  adminOrigin.toUpperCase(),
  `${adminOrigin}/`,
  `${adminOrigin}, https://evil.example`,
  [adminOrigin, "https://evil.example"],
];
const types = [
  undefined,
  "",
  "text/plain",
  "text/plain; application/json",
  "text/json",
  "application/jsonp",
  "application/json-patch+json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
];
const described = (values: readonly Changed[string][], header: string): readonly (readonly [string, Changed])[] =>
  values.map((value) => [`${header}: ${JSON.stringify(value) ?? "none"}`, { [header]: value }]);

/** Requests that another site's page, or a form, can make with the administrator's certificate: the header that differs. */
export const forgeries = [
  ...described(origins, "Origin"),
  ...described(["cross-site", "same-site", "none", "", "same-origin, cross-site", "SAME-ORIGIN"], "Sec-Fetch-Site"),
  ...described(types, "Content-Type"),
  ...described([undefined, "", "0", "true", "11"], unsafeHeaders.marker),
];
/** Keys that are none: refused, but not as a forgery. */
export const badKeys = described(
  [undefined, "", "short", "a".repeat(65), "with blank", "日本語キー日本語"],
  "Idempotency-Key",
).filter(([, changed]) => !/[^\u0020-\u007e]/.test(String(changed["Idempotency-Key"])));

export const withHeaders = (asked: Asked, changed: Changed): Asked => ({
  ...asked,
  headers: Object.fromEntries(
    Object.entries({ ...asked.headers, ...changed }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  ),
});

/** Other ways of writing a path, on the wire. None may open more than the path itself does. */
export const spellings: Readonly<Record<string, (path: string) => string>> = {
  "a second slash in front": (path) => `/${path}`,
  "a second slash within": (path) => path.replace("/api/", "/api//"),
  "a last slash": (path) => `${path}/`,
  "a dot": (path) => path.replace("/api/", "/api/./"),
  "two dots": (path) => path.replace("/api/", "/api/x/../"),
  "escaped dots": (path) => path.replace("/api/", "/api/x/%2e%2e/"),
  "an escaped slash": (path) => path.replace(/\/([^/]+)$/, "%2F$1"),
  "an escaped letter": (path) => path.replace("/api/", "/%61pi/"),
  "escaped twice": (path) => path.replace("/api/", "/%2561pi/"),
  "a NUL": (path) => `${path}%00`,
  "a backslash": (path) => path.replace("/api/", "/api\\"),
  capitals: (path) => path.replace("/api/", "/API/"),
  "a parameter of the path": (path) => `${path};x=1`,
  "a fragment": (path) => `${path}%23`,
  "another company's tenant in the query": (path) => `${path}?tenantId=t0000000000&tenant=t0000000000`,
  "the whole address": (path) => adminOrigin + path,
};
