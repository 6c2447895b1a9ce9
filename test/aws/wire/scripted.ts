import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Received = { readonly headers: IncomingMessage["headers"]; readonly body: string; readonly port: number };

/** What a request is met with. */
export type Reply = (response: ServerResponse, received: Received) => void;

export const json =
  (status: number, body: unknown): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  };
export const reset: Reply = (response) => void response.socket?.resetAndDestroy();
export const silence: Reply = () => {};

/** A server that meets its requests with the replies in order, and with `{}` when they are used up. */
export async function scripted(...replies: readonly Reply[]) {
  const received: Received[] = [];
  const left = [...replies];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { headers: request.headers, body, port: request.socket.remotePort ?? 0 };
      received.push(one);
      (left.shift() ?? json(200, {}))(response, one);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    environment: {
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: url,
    } as NodeJS.ProcessEnv,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
