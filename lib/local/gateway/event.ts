import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import * as z from "zod";
import type { ClientCertificate } from "./client-certificate.ts";
import type { Match } from "./router.ts";

/** Identities of IAM and Cognito, which the APIs do not use. */
const noIamIdentity = Object.fromEntries(
  [
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn",
  ].map((name) => [name, null]),
);

/** A request and the rest of what its event is made of. */
export type Call = {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly match: Match;
  readonly requestId: string;
  readonly api: {
    readonly apiId: string;
    readonly stage: string;
    readonly host: string;
    readonly binaryMediaTypes: readonly string[];
  };
  readonly account: string;
  readonly certificate: ClientCertificate | undefined;
};

type Multi = Record<string, string[]>;

const nullIfEmpty = <Kind>(record: Record<string, Kind>): Record<string, Kind> | null =>
  Object.keys(record).length > 0 ? record : null;
const lastValues = (multi: Multi): Record<string, string> =>
  Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1) ?? ""]));

/** Hop-by-hop headers are not forwarded. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "expect",
  "proxy-connection",
]);

function headersOf(request: IncomingMessage, address: string, host: string): Multi {
  // Without a prototype: `__proto__` and `constructor` are names like any other.
  const headers = Object.create(null) as Multi;
  const { rawHeaders } = request;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (!hopByHop.has(name.toLowerCase())) (headers[name] ??= []).push(rawHeaders[index + 1] ?? "");
  }
  const forwarded = Object.keys(headers).find((name) => name.toLowerCase() === "x-forwarded-for");
  // As on API Gateway, the address that is really seen follows the ones that the client claims.
  headers["X-Forwarded-For"] = [[...(forwarded ? (headers[forwarded] ?? []) : []), address].join(", ")];
  if (forwarded && forwarded !== "X-Forwarded-For") delete headers[forwarded];
  headers["X-Forwarded-Port"] = [host.split(":")[1] ?? "443"];
  headers["X-Forwarded-Proto"] = ["https"];
  headers["X-Amzn-Trace-Id"] = [
    `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomUUID().replaceAll("-", "").slice(0, 24)}`,
  ];
  return headers;
}

/** True when a content type is among an API's binary media types. */
export function isBinary(type: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [media = ""] = (type ?? "").split(/[;,]/).map((part) => part.trim().toLowerCase());
  return binaryMediaTypes.some(
    (binary) =>
      binary === "*/*" ||
      binary.toLowerCase() === media ||
      (binary.endsWith("/*") && media.startsWith(binary.slice(0, -1))),
  );
}

/** The event of a Lambda proxy integration. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function proxyEvent({ request, body, match, requestId, api, account, certificate }: Call) {
  const url = new URL(request.url ?? "/", `https://${api.host}`);
  const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const headers = headersOf(request, address, api.host);
  const query = Object.create(null) as Multi;
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
  const binary = body.length > 0 && isBinary(request.headers["content-type"], api.binaryMediaTypes);
  const now = new Date();
  return {
    resource: match.route.path,
    path: url.pathname,
    httpMethod: request.method ?? "GET",
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: nullIfEmpty(lastValues(query)),
    multiValueQueryStringParameters: nullIfEmpty(query),
    pathParameters: nullIfEmpty({ ...match.parameters }),
    stageVariables: null,
    requestContext: {
      accountId: account,
      apiId: api.apiId,
      domainName: api.host,
      domainPrefix: api.host.split(/[.:]/)[0],
      extendedRequestId: requestId,
      httpMethod: request.method ?? "GET",
      identity: {
        ...noIamIdentity,
        sourceIp: address,
        userAgent: request.headers["user-agent"] ?? null,
        ...(certificate ? { clientCert: certificate } : {}),
      },
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      requestId,
      requestTime: now.toUTCString(),
      requestTimeEpoch: now.getTime(),
      resourceId: match.route.path,
      resourcePath: match.route.path,
      stage: api.stage,
    },
    body: body.length === 0 ? null : body.toString(binary ? "base64" : "utf8"),
    isBase64Encoded: binary,
  };
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const reply = z.strictObject({
  statusCode: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{3}$/)
        .transform(Number),
    ])
    .pipe(z.int().min(100).max(599)),
  headers: z.record(z.string(), scalar).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(scalar)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** What goes to the client. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
};

/** The HTTP answer of a proxy function's result; `undefined` for a malformed one (502 on API Gateway). */
export function answerOf(
  payload: string,
  accept: string | undefined,
  binaryMediaTypes: readonly string[],
): Answer | undefined {
  const parsed = reply.safeParse(JSON.parse(payload));
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const merged: Record<string, readonly string[]> = {};
  const names = new Map<string, string>();
  // A name in multiValueHeaders wins over the same in headers, whatever the case.
  for (const [name, values] of [
    ...Object.entries(headers ?? {}).map(([one, value]) => [one, [value]] as const),
    ...Object.entries(multiValueHeaders ?? {}),
  ]) {
    const before = names.get(name.toLowerCase());
    if (before !== undefined) delete merged[before];
    names.set(name.toLowerCase(), name);
    merged[name] = values.map(String);
  }
  const type = names.get("content-type");
  if (type === undefined) merged["Content-Type"] = ["application/json"];
  const decode =
    isBase64Encoded === true &&
    (isBinary(accept, binaryMediaTypes) || isBinary(merged[type ?? ""]?.[0], binaryMediaTypes));
  return { status: statusCode, headers: merged, body: Buffer.from(body ?? "", decode ? "base64" : "utf8") };
}
