import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { LocalFunction } from "../functions.ts";
import { listen } from "../ports.ts";
import type { Value } from "../template.ts";
import { read, whole, type Provisioned, type ResourceRequest } from "./provider.ts";

const shape = z.looseObject({ ServiceToken: z.string(), ServiceTimeout: whole.default(3600) });
const answer = z.looseObject({
  Status: z.enum(["SUCCESS", "FAILED"]),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().optional(),
  Data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
type Answer = z.output<typeof answer>;

/** CloudFormation passes every scalar as text. */
function texts(value: Value): Value {
  if (Array.isArray(value)) return value.map(texts);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, texts(member)]));
  return String(value);
}

/** A server on loopback for the one answer that the function sends to the response address. */
async function responseServer(): Promise<{ url: string; answered: Promise<Answer>; close(): void }> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  // Nothing waits for it any more if the function itself fails.
  promise.catch(() => {});
  const path = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    if (request.method !== "PUT" || request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      response.writeHead(200).end();
      try {
        resolve(answer.parse(JSON.parse(Buffer.concat(parts).toString())));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    answered: promise,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Runs a custom resource's function as CloudFormation does and waits for its answer.
 * Throws with the function's reason if it fails or does not answer in time.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
 */
export async function custom(
  request: ResourceRequest,
  stackId: string,
  functionOf: (arn: string) => LocalFunction,
): Promise<Provisioned> {
  const { ServiceToken, ServiceTimeout } = read(shape, request);
  const { logicalId, before } = request;
  const target = functionOf(ServiceToken);
  const server = await responseServer();
  let timer: NodeJS.Timeout | undefined;
  try {
    const event = {
      RequestType: before ? "Update" : "Create",
      ResponseURL: server.url,
      StackId: stackId,
      RequestId: randomUUID(),
      ResourceType: request.type,
      LogicalResourceId: logicalId,
      ServiceToken,
      ResourceProperties: texts(request.properties),
      ...(before ? { PhysicalResourceId: before.physicalId, OldResourceProperties: texts(before.properties) } : {}),
    };
    const invoked = target.invoke(event).then((outcome) => {
      if (!outcome.ok) throw new Error(outcome.error.errorMessage);
      return server.answered;
    });
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${ServiceTimeout} s`)), ServiceTimeout * 1000);
    });
    const { Status, Reason, PhysicalResourceId, Data = {} } = await Promise.race([invoked, late]);
    if (Status === "FAILED") throw new Error(Reason ?? "no reason given");
    const attributes = Object.fromEntries(Object.entries(Data).map(([name, value]) => [name, String(value)]));
    return { physicalId: PhysicalResourceId ?? before?.physicalId ?? logicalId, attributes };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${logicalId} (${request.type}) failed: ${reason} — see logs/${target.settings.logicalId}.log in the data folder`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    server.close();
  }
}
