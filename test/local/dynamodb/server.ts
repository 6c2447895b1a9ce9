import { createServer } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamodb } from "../../../lib/local/aws/dynamodb/dynamodb.ts";
import { AwsError, type Json } from "../../../lib/local/aws/protocol.ts";

/** The local DynamoDB behind a bare HTTP server, with the SDK's own clients on it. */
export type Served = AsyncDisposable & {
  readonly port: number;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  /** Capacity units counted so far, by kind; `reset` sets them to zero. */
  readonly units: Record<string, number>;
  reset(): void;
};

/** An SDK client for a port. */
function clientOn(port: number): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "ap-northeast-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
}

/** Around each call, such as to count those in flight or to keep them for a while. `operation` is DynamoDB's name of it. */
export type Around = <R>(operation: string, call: () => Promise<R>) => Promise<R>;

/** Serves a file (by default one in memory) until it is disposed. */
export async function serve(options: { file?: string; now?: () => number; around?: Around } = {}): Promise<Served> {
  const { around = (_, call) => call(), ...settings } = options;
  const service = dynamodb({ file: ":memory:", ...settings });
  const units: Record<string, number> = {};
  const count = (used: Readonly<Record<string, number>>): void => {
    for (const [kind, amount] of Object.entries(used)) units[kind] = (units[kind] ?? 0) + amount;
  };
  async function answer(target: string, body: string): Promise<{ status: number; reply: Json }> {
    const name = target.slice(service.target.length + 1);
    const operation = service.operations[name];
    if (operation === undefined) return { status: 501, reply: { __type: "NotImplemented", message: target } };
    try {
      return { status: 200, reply: await around(name, async () => operation(JSON.parse(body) as Json, count)) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { status: error.status, reply: { __type: error.code, message: error.message, ...error.extra } };
    }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void answer(String(request.headers["x-amz-target"]), Buffer.concat(chunks).toString()).then(
        ({ status, reply }) => {
          response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(reply));
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const client = clientOn(address.port);
  return {
    port: address.port,
    client,
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    units,
    reset() {
      for (const kind of Object.keys(units)) delete units[kind];
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      service.close();
    },
  };
}
