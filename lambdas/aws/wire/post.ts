import * as http from "node:http";
import * as https from "node:https";

/** `type` is what `x-amzn-errortype` says: some services name an error there. */
export type Answer = { readonly status: number; readonly type?: string | undefined; readonly text: string };

export type PostOptions = {
  /** On a connection of its own, because one that was kept may have died meanwhile. */
  readonly fresh?: boolean;
  /** Gives it up; it rejects with an AbortError then. */
  readonly signal?: AbortSignal;
};

/** Sends a POST. */
export type Post = (headers: Readonly<Record<string, string>>, body: string, options?: PostOptions) => Promise<Answer>;

/**
 * Sends POSTs to one address, over connections that are kept for as long as the other side keeps them. Rejects with Node's
 * error when there is no answer, ETIMEDOUT after a silence of `patience` ms: these services answer within tens.
 */
export function poster(endpoint: URL, patience = 5_000): Post {
  const secure = endpoint.protocol === "https:";
  const options = { keepAlive: true, maxSockets: 50 };
  const kept = secure ? new https.Agent(options) : new http.Agent(options);
  const send = secure ? https.request : http.request;
  const to = {
    method: "POST",
    host: endpoint.hostname,
    port: endpoint.port || undefined,
    path: "/",
    timeout: patience,
  };
  return (headers, body, { fresh = false, ...options } = {}) =>
    new Promise((resolve, reject) => {
      const request = send(
        {
          ...to,
          ...options,
          agent: fresh ? false : kept,
          headers: { ...headers, "content-length": Buffer.byteLength(body) },
        },
        (response: http.IncomingMessage) => {
          const type = response.headers["x-amzn-errortype"]?.toString();
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, type, text: Buffer.concat(chunks).toString("utf8") }),
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
