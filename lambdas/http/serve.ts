import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { Repeated } from "../transaction/write.ts";
import type { Body, Params, Query, Reply, Route, Routes } from "../contract/route.ts";
import type { Language } from "../contract/language.ts";
import { Refusal } from "../refusal.ts";
import { broken, json, refused } from "./answer.ts";
import { fingerprintOf } from "./caller.ts";
import { header, refuseOtherSites } from "./forgery.ts";
import { languageOf } from "./language.ts";
import { logger } from "../telemetry/log.ts";
import { noteRefusal } from "../telemetry/refused.ts";
import { openapi } from "./openapi.ts";
import { read } from "./read.ts";

/** What a handler is given: the route's own shapes, and what the site knows of the caller. */
export type Call<R extends Route, C> = {
  readonly params: Params<R>;
  readonly query: Query<R>;
  readonly body: Body<R>;
  readonly language: Language;
  readonly caller: C;
};

/** One handler per route: a missing one does not compile. */
export type Handlers<T extends Routes, C> = {
  readonly [K in keyof T]: (call: Call<T[K], C>) => Promise<Reply<T[K]>>;
};

export type Answered = { readonly status: number; readonly reply: unknown };

/** Lets a call in before anything of it is read, and may answer it from memory. */
export type Admit<C> = (
  event: APIGatewayProxyEvent,
  route: Route,
) => Promise<{ readonly caller: C; readonly answered?: Answered | undefined }>;

/**
 * Answers that hold a link are not remembered with it: given again, they are made of what is remembered, with a new link.
 */
export type Again<T extends Routes, C> = {
  readonly [K in keyof T]?: (
    remembered: unknown,
    call: Pick<Call<T[K], C>, "params" | "caller">,
  ) => Promise<Reply<T[K]>>;
};

/** The Lambda behind one REST API: the route table decides what exists, its shapes what goes in and out. */
export function serve<T extends Routes, C>(
  title: string,
  routes: T,
  admit: Admit<C>,
  handlers: Handlers<T, C>,
  again: Again<T, C> = {},
) {
  const table = new Map<string, { readonly name: string; readonly route: Route }>(
    Object.entries(routes).map(([name, route]) => [`${route.method} ${route.path}`, { name, route }]),
  );
  const description = JSON.stringify(openapi(title, routes));

  async function repeated(
    event: APIGatewayProxyEvent,
    { name, route }: { readonly name: string; readonly route: Route },
    caller: C,
    { status, reply }: Answered,
  ): Promise<APIGatewayProxyResult> {
    const renewed = again[name as keyof T];
    if (renewed === undefined) return json(status, reply);
    const call = { ...read(route, event), caller } as unknown as Call<T[keyof T], C>;
    return json(status, route.reply.parse(await renewed(reply, call)));
  }

  async function answer(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
    if (event.httpMethod === "GET" && event.resource === "/api/openapi.json") {
      return { ...json(200, {}), body: description };
    }
    const found = table.get(`${event.httpMethod} ${event.resource}`);
    if (found === undefined) throw new Refusal("notFound");
    const { name, route } = found;
    const { caller, answered } = await admit(event, route);
    if (answered !== undefined) return repeated(event, found, caller, answered);
    const call = { ...read(route, event), language: languageOf(header(event, "Accept-Language")), caller };
    const reply = await handlers[name as keyof T](call as unknown as Call<T[keyof T], C>);
    // Through the shape: nothing leaves that the contract does not name.
    return json(route.status, route.reply.parse(reply));
  }

  /**
   * The same Idempotency-Key may have won meanwhile: then this call is refused for what that one did,
   * and a second look finds its answer.
   */
  async function remembered(event: APIGatewayProxyEvent, error: unknown): Promise<APIGatewayProxyResult | undefined> {
    const found = table.get(`${event.httpMethod} ${event.resource}`);
    if (found === undefined || event.httpMethod === "GET") return undefined;
    if (!(error instanceof Repeated) && !(error instanceof Refusal)) return undefined;
    const { caller, answered } = await admit(event, found.route);
    return answered === undefined ? undefined : repeated(event, found, caller, answered);
  }

  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(injectLambdaContext(logger))
    .use({
      onError: (request) => {
        const event = request.event as APIGatewayProxyEvent;
        const error: unknown = request.error;
        if (error instanceof Refusal) {
          noteRefusal(error.kind, {
            requestId: event.requestContext.requestId,
            route: `${event.httpMethod} ${event.resource}`,
            address: event.requestContext.identity.sourceIp,
            fingerprint: fingerprintOf(event),
          });
          request.response = refused(error, languageOf(header(event, "Accept-Language")), header(event, "Accept"));
          return;
        }
        const { requestId } = event.requestContext;
        logger.error("fault", { resource: event.resource, error });
        request.response = broken(requestId, languageOf(header(event, "Accept-Language")));
      },
    })
    .handler((event: APIGatewayProxyEvent) => {
      refuseOtherSites(event);
      return answer(event).catch(async (error: unknown) => {
        const answered = await remembered(event, error);
        if (answered === undefined) throw error;
        return answered;
      });
    });
}
