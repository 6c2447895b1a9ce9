import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { extname, resolve } from "node:path";
import { contentTypeOf } from "../../../lib/build/media-types.ts";
import { bundleSite, type SiteFiles } from "../../../lib/build/pages.ts";
import { securityPolicyOf } from "../../../lib/build/security-policy.ts";
import { portOf } from "../../port.ts";
import { fakeApi } from "./fake-api.ts";

const root = resolve(import.meta.dirname, "../../..");

let built: Promise<SiteFiles> | undefined;

/** The admin site's files, built once for all test files of a worker. */
export const builtSite = (): Promise<SiteFiles> => (built ??= bundleSite(root, "admin"));

/** The admin site as it is built and under its own policy, with the API in memory behind it. Violations are kept. */
export async function serveAdminSite() {
  const files = await builtSite();
  const violations: string[] = [];
  let api = fakeApi();

  async function answer(request: IncomingMessage, url: URL): Promise<Response | undefined> {
    if (url.pathname === "/violations") {
      violations.push(await bodyOf(request));
      return new Response(null, { status: 204 });
    }
    if (url.pathname.startsWith("/api/")) {
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value] as [string, string]] : [],
      );
      const body = request.method === "GET" ? {} : { body: await bodyOf(request) };
      const given = await api.answer(new Request(url, { method: request.method ?? "GET", headers, ...body }));
      return given && Response.json(given.body, { status: given.status });
    }
    if (url.pathname.startsWith("/uploads/")) {
      const type = request.headers["content-type"] ?? "";
      const form = await new Response(await bytesOf(request), { headers: { "content-type": type } }).formData();
      const file = form.get("file");
      const content = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
      const status = api.imports.upload(form, content);
      return status === 0 ? undefined : new Response(null, { status });
    }
    if (url.pathname.startsWith("/packages/"))
      return new Response("PK", { headers: { "content-disposition": 'attachment; filename="package.zip"' } });
    if (url.pathname === "/blank") return new Response("", { headers: { "content-type": "text/html" } });
    const path = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
    const file = files.get(path);
    if (!file) return new Response(null, { status: 404 });
    return new Response(Uint8Array.from(file), {
      headers: {
        "content-type": contentTypeOf(extname(path)),
        "x-content-type-options": "nosniff",
        ...(path.startsWith("assets/") ? { "cache-control": "public, max-age=31536000, immutable" } : {}),
        ...(path === "index.html" ? { "content-security-policy": policy } : {}),
      },
    });
  }

  const server = createServer((request, response) => {
    void (async () => {
      const given = await answer(request, new URL(request.url ?? "/", origin));
      // No answer at all is what a broken connection looks like to the page.
      if (!given) return request.socket.destroy();
      response.writeHead(given.status, Object.fromEntries(given.headers));
      return response.end(new Uint8Array(await given.arrayBuffer()));
    })();
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  const origin = `http://127.0.0.1:${portOf(server)}`;
  const policy = `${securityPolicyOf("admin").replace("{uploads}", origin)}; report-uri /violations`;
  return {
    url: `${origin}/`,
    /** Of all visits. */
    violations: violations as readonly string[],
    /** A fresh API, empty again. */
    renew: () => (api = fakeApi()),
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const bodyOf = async (request: IncomingMessage): Promise<string> => (await bytesOf(request)).toString();
