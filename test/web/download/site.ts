import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { downloadRoutes, type DownloadRoutes } from "../../../lambdas/contract/download.ts";
import { contentTypeOf } from "../../../lib/build/media-types.ts";
import { bundleSite, type SiteFiles } from "../../../lib/build/pages.ts";
import { securityPolicyOf } from "../../../lib/build/security-policy.ts";
import type { Body, Reply } from "../../../lambdas/contract/route.ts";
import { portOf } from "../../port.ts";

/** The policy that the site is delivered with, and no Trusted Types policy at all: it needs none. */
const policy = securityPolicyOf("download");

type Answer<K extends keyof DownloadRoutes> =
  | { readonly reply: Reply<DownloadRoutes[K]> }
  | { readonly status: number; readonly type?: string; readonly headers?: Readonly<Record<string, string>> };
/** A fake API: one function per route of the contract. */
export type Api = { [K in keyof DownloadRoutes]: (body: Body<DownloadRoutes[K]>) => Answer<K> };
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
};
/** The site's files by path (`index.html`, `assets/…`), bundled as they are delivered. */
export const siteFiles = (): Promise<SiteFiles> => bundleSite(join(import.meta.dirname, "../../.."), "download");

/** Bytes that a phone loads, as compressed for it. */
export const weight = (files: SiteFiles): number =>
  [...files.values()].reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);

/** Serves the built site and the fake API on one free port; `seen` lists every request. */
export async function serveSite(api: () => Api) {
  const files = await siteFiles();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    seen.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers });
    const path = pathname === "/" || pathname === "/notice" ? "index.html" : pathname.slice(1);
    const file = files.get(path);
    if (file !== undefined) {
      response.writeHead(200, {
        "content-type": contentTypeOf(extname(path)),
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
      });
      response.end(file);
    } else if (pathname === "/store/certificate.p12") {
      response.writeHead(200, {
        "content-type": "application/x-pkcs12",
        "content-disposition": 'attachment; filename="certificate.p12"',
        "cache-control": "no-store",
      });
      response.end("PKCS#12");
    } else void answer(request, response, pathname, api());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    seen,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string, api: Api) {
  let given = "";
  for await (const chunk of request) given += String(chunk);
  for (const name of Object.keys(downloadRoutes) as (keyof DownloadRoutes)[]) {
    const route = downloadRoutes[name];
    if (route.path !== path || route.method !== request.method) continue;
    const body = route.body === undefined ? undefined : route.body.parse(JSON.parse(given));
    const made = (api[name] as (body: unknown) => Answer<typeof name>)(body);
    const json = { "content-type": "application/json", "cache-control": "no-store" };
    if ("reply" in made) response.writeHead(200, json).end(JSON.stringify(route.reply.parse(made.reply)));
    else if (made.status === 0) response.destroy();
    else
      response
        .writeHead(made.status, { ...json, ...made.headers })
        .end(JSON.stringify({ type: made.type ?? "about:blank", title: "refused", status: made.status }));
    return;
  }
  response.writeHead(404).end();
}
