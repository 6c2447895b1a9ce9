import { type Agent, request } from "node:https";
import type { SecureContextOptions } from "node:tls";

/**
 * `fetch` with a client certificate and a private CA, which Node's own fetch cannot be given.
 * `headers` are added to every request, as a browser adds Origin. Every request has a connection of its own, unless an
 * `agent` keeps them.
 */
export const requester =
  (
    tls: SecureContextOptions,
    headers: Readonly<Record<string, string>> = {},
    agent: Agent | false = false,
  ): typeof fetch =>
  (input, init = {}) =>
    new Promise<Response>((resolve, reject) => {
      const sent = request(
        new URL(input instanceof Request ? input.url : input),
        {
          method: init.method ?? "GET",
          headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
          agent,
          ...tls,
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () => {
            const given = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
              (values ?? []).map((value): [string, string] => [name, value]),
            );
            const status = answer.statusCode ?? 0;
            const empty = status === 204 || status === 304;
            resolve(new Response(empty ? null : Buffer.concat(chunks), { status, headers: given }));
          });
        },
      );
      sent.on("error", reject);
      sent.end(typeof init.body === "string" ? init.body : undefined);
    });
