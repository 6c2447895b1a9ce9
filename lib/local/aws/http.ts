import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import type { Meter } from "./meter.ts";
import { AwsError } from "./protocol.ts";

/** An answer to one HTTP request. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  /** The length of a stream is in `headers`. */
  readonly body?: string | Uint8Array | Readable;
};

/** A listening server; `url` has no trailing slash. */
export type HttpServer = { readonly url: string; readonly port: number; close(): Promise<void> };

/** True if the Host header names this server; against DNS rebinding by a page whose host name resolves to loopback. */
export const isOwnHost = (request: IncomingMessage): boolean => {
  const port = request.socket.localPort;
  const host = request.headers.host;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
};

/** Writes a reply; always with `nosniff`, so that browsers do not interpret stored content. */
export const send = (response: ServerResponse, { status, headers, body }: Reply): void => {
  if (body instanceof Readable) {
    response.writeHead(status, { "x-content-type-options": "nosniff", ...headers });
    // If the stream ends early, the client notices by the content length.
    pipeline(body, response, () => undefined);
    return;
  }
  const length = typeof body === "string" ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
  const sized = status === 204 || status === 304 ? {} : { "content-length": length };
  response.writeHead(status, { "x-content-type-options": "nosniff", ...sized, ...headers });
  response.end(body);
};

/** The body of a request in chunks. Stopping early keeps the connection, so that an answer can be sent. */
export const chunksOf = (request: IncomingMessage): AsyncIterable<Buffer> =>
  request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;

/**
 * The date of an answer by this thread's clock, which Node does not know: AWS's clients set their own by it, and so sign
 * for this run's.
 */
export const sayDate = (response: ServerResponse): void => void response.setHeader("date", new Date().toUTCString());

/** The whole body of a request; throws a 413 AwsError past `limit` bytes. */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    size += chunk.length;
    if (size > limit) throw new AwsError("RequestTooLarge", `A request has at most ${limit} bytes here.`, 413);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
};

/** The error to answer: an AwsError unchanged, otherwise a 500 whose cause is written to stderr. */
export const asAwsError = (failure: unknown): AwsError => {
  if (failure instanceof AwsError) return failure;
  console.error(failure);
  return new AwsError("InternalFailure", "The local service failed; its stderr has the cause.", 500);
};

/** Answers `GET /_meter` (the reading) and `DELETE /_meter` (reset); undefined for any other request. */
export const meterReply = (request: IncomingMessage, meter: Meter): Reply | undefined => {
  if (request.url !== "/_meter") return undefined;
  if (request.method === "DELETE") {
    meter.reset();
    return { status: 204, headers: {} };
  }
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { status: 200, headers, body: JSON.stringify(meter.read()) };
};

/** Serves `handle` on 127.0.0.1; port 0 takes a free one. Throws if the port is in use. */
export const listen = async (
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<HttpServer> => {
  const server: Server = createServer((request, response) => {
    // Reads the rest of a refused request, so that its connection can be used again.
    response.once("finish", () => request.resume());
    sayDate(response);
    handle(request, response).catch((failure: unknown) => {
      console.error(failure);
      response.destroy();
    });
  });
  // Longer than the pauses of polling clients, so that a connection is not closed just before its next request.
  server.keepAliveTimeout = 300_000;
  server.requestTimeout = 0;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
