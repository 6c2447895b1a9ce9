import * as http from "node:http";
import * as https from "node:https";

export type Answer = { readonly status: number; readonly text: string };

/** Silence for so long on a connection ends its request, in ms: these services answer within tens. */
const patience = 5_000;

/** Sends POSTs to one address over connections that are kept. Rejects with Node's error when there is no answer. */
export function poster(endpoint: URL) {
  const secure = endpoint.protocol === "https:";
  const options = { keepAlive: true, maxSockets: 50, timeout: patience };
  const agent = secure ? new https.Agent(options) : new http.Agent(options);
  const send = secure ? https.request : http.request;
  const to = { agent, method: "POST", host: endpoint.hostname, port: endpoint.port || undefined, path: "/" };
  return (headers: Readonly<Record<string, string>>, body: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = send(
        { ...to, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
        (response: http.IncomingMessage) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
          );
        },
      );
      request.on("timeout", () =>
        request.destroy(Object.assign(new Error(`no answer within ${patience} ms`), { code: "ETIMEDOUT" })),
      );
      request.on("error", reject);
      request.end(body);
    });
}
