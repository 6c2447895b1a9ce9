import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { asAwsError, isOwnHost, listen, meterReply, readBody, send, type HttpServer } from "./http.ts";
import type { Meter } from "./meter.ts";
import { AwsError, type Json, type JsonService } from "./protocol.ts";
import { signedPart, verifyRequest, type Authority } from "./sigv4.ts";

/** The largest request of any JSON service: a DynamoDB transaction or batch of 16 MB. */
const bodyLimit = 16 * 1024 * 1024;

const parse = (body: Buffer): Json => {
  if (body.length === 0) return {};
  try {
    const input: unknown = JSON.parse(body.toString());
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input as Json;
  } catch {
    // Refused below, like every body that is not an object.
  }
  throw new AwsError("SerializationException", "The body is not a JSON object.");
};

/** The operation named in X-Amz-Target. */
const operationOf = (request: IncomingMessage, service: JsonService): string => {
  const target = String(request.headers["x-amz-target"] ?? "");
  const [prefix, operation = ""] = target.split(".");
  if (prefix !== service.target || operation === "") {
    const detail = `X-Amz-Target '${target}' does not begin with '${service.target}.'.`;
    throw new AwsError("UnknownOperationException", detail, 404);
  }
  return operation;
};

const run = async (
  request: IncomingMessage,
  gone: AbortSignal,
  service: JsonService,
  authority: Authority,
  meter: Meter,
): Promise<Json> => {
  const body = await readBody(request, bodyLimit);
  const { role } = verifyRequest(signedPart(request), authority, createHash("sha256").update(body).digest("hex"));
  const name = operationOf(request, service);
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (operation === undefined) {
    throw new AwsError("NotImplemented", `${service.name} has no ${name} on this machine.`, 501);
  }
  const input = parse(body);
  if (role !== undefined) authority.principals?.check(role, service.asks(name, input), "AccessDeniedException");
  const units: Record<string, number> = {};
  try {
    return await operation(
      input,
      (used) => {
        for (const [unit, amount] of Object.entries(used)) units[unit] = (units[unit] ?? 0) + amount;
      },
      gone,
    );
  } finally {
    meter.count(service.name, name, { calls: 1, ...units });
  }
};

/** Serves a service of the AWS JSON protocols 1.0 and 1.1 on loopback: Host, signature, target, then the operation. */
export const serveJson = async (
  service: JsonService,
  port: number,
  authority: Authority,
  meter: Meter,
): Promise<HttpServer> =>
  listen(port, async (request, response) => {
    const metered = isOwnHost(request) ? meterReply(request, meter) : undefined;
    if (metered !== undefined) return send(response, metered);
    const type = request.headers["content-type"] ?? "application/x-amz-json-1.0";
    const headers = { "content-type": type, "x-amzn-requestid": randomUUID() };
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    try {
      if (!isOwnHost(request)) throw new AwsError("AccessDeniedException", "The Host is not this service.", 403);
      const answer = await run(request, gone.signal, service, authority, meter);
      send(response, { status: 200, headers, body: JSON.stringify(answer) });
    } catch (failure) {
      const { code, message, status, extra } = asAwsError(failure);
      const body = JSON.stringify({ __type: code, message, ...extra });
      send(response, { status, headers, body });
    }
  });
