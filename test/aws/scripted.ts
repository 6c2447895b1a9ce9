import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Received = {
  readonly operation: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
};

/** What a request is answered with. */
export type Reply = (response: ServerResponse, received: Received) => void;

export const json =
  (status: number, body: unknown): Reply =>
  (response) => {
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "REQUEST" })
      .end(JSON.stringify(body));
  };
/** An error of DynamoDB. */
export const refusal = (name: string, more: object = {}): Reply =>
  json(400, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: "refused", ...more });
export const reset: Reply = (response) => void response.socket?.resetAndDestroy();
export const silence: Reply = () => {};

/** A server that answers with the replies in order, and with `after` when they are used up; and what a client needs. */
export async function scripted(replies: readonly Reply[], after: Reply = json(200, {})) {
  const received: Received[] = [];
  const left = [...replies];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const one = { operation, body, headers: request.headers };
      received.push(one);
      (left.shift() ?? after)(response, one);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    received,
    config: {
      region: "ap-northeast-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
