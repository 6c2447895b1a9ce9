import * as z from "zod/mini";

/** Who may call: an administrator by client certificate, or anybody on the download site. */
export type Audience = "administrator" | "subscriber";

/**
 * One HTTP operation as data. The same value makes the API Gateway method, the router entry, the
 * handler's type, the web client's type and the OpenAPI operation (whose operationId is its name).
 */
export type Route = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** API Gateway form: `/api/services/{serviceId}`. */
  readonly path: `/api/${string}`;
  readonly audience: Audience;
  readonly summary: string;
  readonly params: z.ZodMiniObject;
  readonly query: z.ZodMiniObject;
  /** `undefined` for a call without a body. */
  readonly body: z.ZodMiniType | undefined;
  readonly reply: z.ZodMiniType;
  readonly status: 200 | 201 | 202;
};

export type Routes = Readonly<Record<string, Route>>;

/** What a handler of this route is given, and what it must answer. */
export type Params<R extends Route> = z.output<R["params"]>;
export type Query<R extends Route> = z.output<R["query"]>;
export type Body<R extends Route> = R["body"] extends z.ZodMiniType ? z.output<R["body"]> : undefined;
export type Reply<R extends Route> = z.output<R["reply"]>;

/** What a client may send: before defaults and conversions are applied. */
export type BodyInput<R extends Route> = R["body"] extends z.ZodMiniType ? z.input<R["body"]> : undefined;
export type QueryInput<R extends Route> = z.input<R["query"]>;

const nothing = z.object({});

/** Fills what a route leaves out; keeps the literal types. */
export function route<
  const A extends Pick<Route, "method" | "path" | "audience" | "summary" | "reply"> &
    Partial<Pick<Route, "params" | "query" | "body" | "status">>,
>(given: A) {
  return { params: nothing, query: nothing, body: undefined, status: 200, ...given } as {
    readonly [K in keyof Route]: K extends keyof A
      ? A[K]
      : K extends "params" | "query"
        ? typeof nothing
        : K extends "status"
          ? 200
          : undefined;
  };
}
