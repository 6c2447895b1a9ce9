/** Requests exactly as they are written: paths and headers that no browser and no `fetch` would send. */
import { Agent, request } from "node:https";
import type { SecureContextOptions } from "node:tls";
import { endpoints, serverCa } from "../system.ts";

export type Asked = {
  readonly method: string;
  /** As it goes over the wire: nothing is resolved or escaped. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
};
/** `type` is the problem's; status 0 where the connection itself was refused. */
export type Answer = { readonly status: number; readonly type: string; readonly text: string };
export type Ask = (asked: Asked) => Promise<Answer>;

/** Asks one of the sites over kept connections, at most `connections` of them. */
export function asker(tls: SecureContextOptions, site: "adminUrl" | "downloadUrl" = "adminUrl", connections = 4): Ask {
  const { hostname, port } = new URL(endpoints[site]);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: serverCa, ...tls });
  const ask: Ask = ({ method, path, headers = {}, body }) =>
    new Promise((resolve) => {
      const content = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
      const length = content === undefined ? {} : { "Content-Length": String(Buffer.byteLength(content)) };
      const sent = request({ hostname, port, path, method, agent, headers: { ...length, ...headers } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: answer.statusCode ?? 0, type: typeOf(text), text });
        });
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // The server ends a connection that was idle for too long, perhaps just now.
        if (sent.reusedSocket && error.code === "ECONNRESET") return resolve(ask({ method, path, headers, body }));
        return resolve({ status: 0, type: error.code ?? "", text: "" });
      });
      sent.end(content);
    });
  return ask;
}

/** The kind of a problem, such as `notFound`; empty for any other text. */
const typeOf = (text: string): string => /"type":"urn:warifu:problem:(\w+)"/.exec(text)?.[1] ?? "";

/** Works on all, a few side by side, and returns what came of each in their order. */
export async function eachOf<T, R>(all: readonly T[], work: (one: T) => Promise<R>, wide = 8): Promise<R[]> {
  const results: R[] = [];
  const waiting = all.entries();
  const worker = async () => {
    for (const [at, one] of waiting) results[at] = await work(one);
  };
  await Promise.all(Array.from({ length: wide }, worker));
  return results;
}
