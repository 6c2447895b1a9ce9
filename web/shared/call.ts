import type { Problem } from "../../lambdas/contract/problem.ts";
import type { BodyInput, Params, QueryInput, Reply, Route, Routes } from "../../lambdas/contract/route.ts";
import type { Language } from "./texts.ts";

/** What a caller needs of each route at run time; the contract's own table fits, and so does a table of literals without zod. */
export type RouteAddresses<T extends Routes> = { readonly [K in keyof T]: Pick<T[K], "method" | "path"> };

/** The parts of one call, each asked for only where the route has it. */
export type CallParts<R extends Route> = Part<"params", Params<R>> &
  Part<"query", QueryInput<R>> &
  (R["body"] extends undefined ? unknown : { readonly body: BodyInput<R> }) & {
    /** One request has one key: a retry with the same key cannot act twice. Made fresh where it is left out. */
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
  };

/** A route without such a part has `Record<string, never>` there. */
type Part<Name extends string, Shape> = string extends keyof Shape
  ? unknown
  : object extends Shape
    ? { readonly [K in Name]?: Shape }
    : { readonly [K in Name]: Shape };

type CallArguments<P> = object extends P ? [parts?: P] : [parts: P];

/** Calls one route by its name and answers its reply; throws `Refused`. */
export type Call<T extends Routes> = <Name extends keyof T>(
  name: Name,
  ...parts: CallArguments<CallParts<T[Name]>>
) => Promise<Reply<T[Name]>>;

/** Why a call brought nothing: the server's own problem (RFC 9457), or `undefined` when no answer came at all. */
export class Refused extends Error {
  readonly problem: Problem | undefined;

  constructor(problem: Problem | undefined, cause?: unknown) {
    super(problem ? (problem.detail ?? problem.title) : "no connection", { cause });
    this.name = "Refused";
    this.problem = problem;
  }
}

/**
 * A typed client for a route table. `base` is the origin with its last slash left off ("" in a page);
 * `language` is asked at each call and becomes Accept-Language.
 */
export function caller<T extends Routes>(
  routes: RouteAddresses<T>,
  given: { readonly base: string; readonly language: () => Language; readonly fetch?: typeof fetch },
): Call<T> {
  return async (name, ...[parts]) => {
    const { method, path } = routes[name];
    const { params, query, body, idempotencyKey, signal } = (parts ?? {}) as LooseParts;
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": given.language() };
    if (method !== "GET") {
      // lambdas/contract/problem.ts `unsafeHeaders`, repeated so that a page need not carry zod for two names.
      headers["X-Warifu"] = "1";
      headers["Idempotency-Key"] = idempotencyKey ?? crypto.randomUUID();
      headers["Content-Type"] = "application/json";
    }
    const answer = await connected(
      (given.fetch ?? fetch)(given.base + address(path, params, query), {
        method,
        headers,
        cache: "no-store",
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      }),
    );
    if (!answer.ok) throw new Refused(await problemOf(answer));
    return (await connected(answer.json())) as Reply<T[typeof name]>;
  };
}

type LooseParts = {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | undefined>>;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

function address(path: string, params: LooseParts["params"], query: LooseParts["query"]): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ""));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) asked.set(name, String(value));
  return asked.size > 0 ? `${filled}?${asked}` : filled;
}

/** A connection that breaks is a refusal without a problem; an abort stays an abort. */
async function connected<V>(work: Promise<V>): Promise<V> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Error && cause.name === "AbortError") throw cause;
    throw new Refused(undefined, cause);
  }
}

/** The body when it is a problem; a gateway's own answer (text, other JSON) is given the same form. */
async function problemOf(answer: Response): Promise<Problem> {
  const bare = { type: "about:blank", title: answer.statusText, status: answer.status };
  try {
    const body: unknown = await answer.json();
    return isProblem(body) ? body : bare;
  } catch {
    return bare;
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === "object" && body !== null && "title" in body && "status" in body && typeof body.status === "number";
