import type { APIGatewayProxyEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import type { Routes } from "../../lambdas/contract/route.ts";
import { serve } from "../../lambdas/http/serve.ts";

class Admitted extends Error {}

/** The status that a call of a site is answered with; 500 for one that is let in. */
async function answered(routes: Routes, method: string, path: string, site: string): Promise<number> {
  const handler = serve("a site", routes, () => Promise.reject(new Admitted()), {});
  const event = {
    httpMethod: method,
    resource: path,
    path,
    headers: { "sec-fetch-site": site, Accept: "application/json" },
    requestContext: { requestId: "r", identity: { sourceIp: "192.0.2.1" } },
  } as unknown as APIGatewayProxyEvent;
  return (await handler(event, {})).statusCode;
}

describe.each([
  ["admin", adminRoutes],
  ["download", downloadRoutes],
] as const)("the API of the %s site", (_, routes: Routes) => {
  const all = Object.values(routes).map(({ method, path }) => [method, path] as const);

  it.each([...all, ["GET", "/api/openapi.json"], ["GET", "/api/nothing"]] as const)(
    "%s %s answers 403 to another site's page",
    async (method, path) => {
      for (const site of ["cross-site", "same-site", "unheard-of"]) {
        expect(await answered(routes, method, path, site)).toBe(403);
      }
    },
  );

  it.each(all)("%s %s lets its own page's calls in, and addresses that were typed", async (method, path) => {
    for (const site of ["same-origin", "none"]) expect(await answered(routes, method, path, site)).toBe(500);
  });

  it("does not mind where the link to a page that is no more comes from", async () => {
    expect(await answered(routes, "GET", "/{path+}", "cross-site")).toBe(404);
  });
});
