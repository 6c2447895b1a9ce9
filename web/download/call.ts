import type { DownloadRoutes } from "../../lambdas/contract/download.ts";
import type { RefusalKind } from "../../lambdas/contract/refusals.ts";
import type { BodyInput, Reply } from "../../lambdas/contract/route.ts";

/**
 * The client of this site: unlike the administration's it sends no cookie or marker, reads
 * Retry-After, and deliberately knows little of why it was refused.
 *
 * Where each operation is. The compiler holds it against the contract; the contract itself is not
 * bundled, because its schemas would be most of the script that a phone has to load.
 */
const endpoints = {
  getBrand: { method: "GET", path: "/api/brand" },
  revealNotice: { method: "POST", path: "/api/notice" },
  signIn: { method: "POST", path: "/api/sign-in" },
  downloadCertificate: { method: "POST", path: "/api/download" },
} as const satisfies { [K in keyof DownloadRoutes]: Pick<DownloadRoutes[K], "method" | "path"> };

/**
 * Why a call brought nothing. `refused` is one kind for every cause on purpose: the site must not
 * tell a wrong password from an unknown ID. `until` is the clock's milliseconds.
 */
export type Failure =
  | { readonly kind: "refused" }
  /** The ID and password, or the notice's link, are right, but lead to nothing any more. */
  | { readonly kind: Ended }
  | { readonly kind: "tooMany"; readonly until: number | undefined }
  | { readonly kind: "unavailable" }
  | { readonly kind: "offline" };

/** Why a certificate can no longer be downloaded, or a link no longer be used, by what the server says of it. */
const ends = {
  "urn:warifu:problem:certificateRevoked": "revoked",
  "urn:warifu:problem:certificateExpired": "expired",
  "urn:warifu:problem:keyDestroyed": "destroyed",
  "urn:warifu:problem:noticeReplaced": "replaced",
} as const satisfies { readonly [K in `urn:warifu:problem:${RefusalKind}`]?: string };
export type Ended = (typeof ends)[keyof typeof ends];

export type Outcome<T> = { readonly ok: true; readonly reply: T } | { readonly ok: false; readonly failure: Failure };

type Arguments<K extends keyof DownloadRoutes> =
  BodyInput<DownloadRoutes[K]> extends undefined ? [] : [body: BodyInput<DownloadRoutes[K]>];

/** API Gateway gives up after 29 seconds; a little later the page does. */
const patience = 35_000;

/** Calls one operation of the download site. Never throws: a failed call is an outcome that the page words. */
export async function call<K extends keyof DownloadRoutes>(
  operation: K,
  language: string,
  ...[body]: Arguments<K>
): Promise<Outcome<Reply<DownloadRoutes[K]>>> {
  const { method, path } = endpoints[operation];
  try {
    const response = await fetch(path, {
      method,
      headers: {
        Accept: "application/json",
        "Accept-Language": language,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) return { ok: false, failure: await failureOf(response) };
    return { ok: true, reply: (await response.json()) as Reply<DownloadRoutes[K]> };
  } catch {
    return { ok: false, failure: { kind: "offline" } };
  }
}

async function failureOf(response: Response): Promise<Failure> {
  if (response.status === 429) return { kind: "tooMany", until: untilOf(response.headers.get("Retry-After")) };
  const type = await typeOf(response);
  const end = Object.entries(ends).find(([known]) => known === type)?.[1];
  if (end !== undefined) return { kind: end };
  return { kind: response.status >= 500 ? "unavailable" : "refused" };
}

/** RFC 9457's type; `undefined` where somebody else answered, as a gateway does. */
async function typeOf(response: Response): Promise<unknown> {
  const problem: unknown = await response.json().catch(() => undefined);
  return typeof problem === "object" && problem !== null && "type" in problem ? problem.type : undefined;
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function untilOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,6}$/.test(retryAfter)) return Date.now() + Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : date;
}
