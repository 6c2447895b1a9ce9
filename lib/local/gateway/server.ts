import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { S3Client } from "@aws-sdk/client-s3";
import type { TLSSocket } from "node:tls";
import { BodyTooLarge, bodyOf, fetchObject } from "../stored-object.ts";
import { clientOf, presented, type TrustStore } from "./client-certificate.ts";
import { answerOf, isBinary, proxyEvent } from "./event.ts";
import { answerFor, type ObjectIntegration } from "./mapping.ts";
import type { Integration, PlannedApi } from "./plan.ts";
import { router, type Match } from "./router.ts";

export type GatewayContext = {
  readonly account: string;
  readonly objects: S3Client;
  /** The host's server certificate and its key, PEM. */
  readonly server: { readonly key: string; readonly cert: string };
  /** Of an API with mutual TLS. */
  readonly trust: { readonly pem: string; readonly store: TrustStore } | undefined;
  readonly report: (line: string) => void;
};

/** API Gateway's limit for a request. */
const bodyLimit = 10 * 1024 * 1024;

/** API Gateway's own answers: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const ownAnswers = {
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: "Missing Authentication Token",
    error: "MissingAuthenticationTokenException",
    family: "DEFAULT_4XX",
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    message: "Request Too Long",
    error: "RequestTooLargeException",
    family: "DEFAULT_4XX",
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: "Endpoint request timed out",
    error: "InternalServerErrorException",
    family: "DEFAULT_5XX",
  },
  DEFAULT_5XX: {
    status: 502,
    message: "Internal server error",
    error: "InternalServerErrorException",
    family: "DEFAULT_5XX",
  },
  DEFAULT_4XX: { status: 403, message: "Forbidden", error: "ForbiddenException", family: "DEFAULT_4XX" },
  /** Behind another host name there is no API, and so none of its answers. */
  UNKNOWN_HOST: { status: 403, message: "Forbidden", error: "ForbiddenException", family: "UNKNOWN_HOST" },
} as const;

class TimedOut extends Error {}

/** Settles with the work, or throws TimedOut after this time. */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The template of the media type that Accept names first, else the one for JSON, as for an integration's response. */
function templateFor(
  templates: Readonly<Record<string, string>>,
  accept = "",
): readonly [type: string, body: string | undefined] {
  const [asked = ""] = accept.split(/[;,]/).map((part) => part.trim().toLowerCase());
  const type = templates[asked] === undefined ? "application/json" : asked;
  return [type, templates[type]];
}

/** The HTTPS server of one REST API under its domain name; not listening yet. */
export function gateway(api: PlannedApi, context: GatewayContext): Server {
  const find = router(api.routes);
  const agent = new Agent({ keepAlive: true });

  const refuse = (request: IncomingMessage, response: ServerResponse, kind: keyof typeof ownAnswers): void => {
    const own = ownAnswers[kind];
    const given = api.answers.get(kind) ?? api.answers.get(own.family);
    const [type, body] = templateFor(given?.templates ?? {}, request.headers.accept);
    response.writeHead(given?.status || own.status, {
      "Content-Type": type,
      "x-amzn-ErrorType": own.error,
      ...given?.headers,
    });
    response.end(body ?? JSON.stringify({ message: own.message }));
  };

  const invoke = async (
    integration: Integration & { kind: "function" },
    match: Match,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const body = await bodyOf(request, bodyLimit);
    const requestId = randomUUID();
    const event = proxyEvent({
      request,
      body,
      match,
      requestId,
      api,
      account: context.account,
      certificate: context.trust && clientOf(request.socket as TLSSocket, context.trust.store),
    });
    const outcome = await within(integration.timeout, integration.function.invoke(event));
    const answer = outcome.ok ? answerOf(outcome.payload, request.headers.accept, api.binaryMediaTypes) : undefined;
    response.setHeader("x-amzn-RequestId", requestId);
    if (!answer) {
      const reason = outcome.ok ? "its answer is not that of a proxy function" : outcome.error.errorMessage;
      context.report(
        `${request.method} ${match.route.path} → 502: ${integration.function.settings.logicalId}: ${reason}`,
      );
      refuse(request, response, "DEFAULT_5XX");
      return;
    }
    const headers = Object.entries(answer.headers).map(([name, values]): [string, string[]] => [name, [...values]]);
    for (const [name, values] of headers) response.setHeader(name, values);
    response.setHeader("Content-Length", answer.body.length);
    response.writeHead(answer.status).end(answer.body);
  };

  const serveObject = async (
    integration: ObjectIntegration,
    match: Match,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const key = integration.key.replaceAll(
      /\{([^}]+)\}/g,
      (_, name: string) => match.parameters[integration.pathParameters[name] ?? name] ?? "",
    );
    const found = await within(
      integration.timeout,
      fetchObject(context.objects, agent, { bucket: integration.bucket, key }, integration.method),
    );
    const answer = answerFor(integration.answers, found.statusCode ?? 500);
    if (!answer) {
      found.resume();
      refuse(request, response, "DEFAULT_5XX");
      return;
    }
    for (const [name, source] of answer.headers) {
      const value = "fixed" in source ? source.fixed : found.headers[source.stored];
      if (value !== undefined) response.setHeader(name, value);
    }
    response.statusCode = answer.status;
    if (answer.body === undefined) {
      const length = found.headers["content-length"];
      if (length !== undefined) response.setHeader("Content-Length", length);
      found.pipe(response);
    } else {
      found.resume();
      const decoded = !answer.text && isBinary(request.headers.accept, api.binaryMediaTypes);
      response.end(Buffer.from(answer.body, decoded ? "base64" : "utf8"));
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (context.trust) {
      if (!clientOf(request.socket as TLSSocket, context.trust.store)) return refuse(request, response, "DEFAULT_4XX");
    }
    // Another host name of the same address is refused: browsers treat it as another site.
    if (request.headers.host !== api.host) return refuse(request, response, "UNKNOWN_HOST");
    const { pathname } = new URL(request.url ?? "/", `https://${api.host}`);
    const match = find(request.method ?? "GET", pathname);
    if (!match) return refuse(request, response, "MISSING_AUTHENTICATION_TOKEN");
    const { integration } = match.route;
    return integration.kind === "function"
      ? invoke(integration, match, request, response)
      : serveObject(integration, match, request, response);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await handle(request, response);
    } catch (error) {
      const kind =
        error instanceof BodyTooLarge
          ? "REQUEST_TOO_LARGE"
          : error instanceof TimedOut
            ? "INTEGRATION_TIMEOUT"
            : "DEFAULT_5XX";
      if (kind === "DEFAULT_5XX")
        context.report(
          `${request.method} ${request.url?.split("?")[0]} → 502: ${error instanceof Error ? error.message : String(error)}`,
        );
      if (response.headersSent) response.destroy();
      else {
        if (kind === "REQUEST_TOO_LARGE") response.setHeader("Connection", "close");
        refuse(request, response, kind);
      }
    }
  };

  const server = createServer(
    {
      key: context.server.key,
      cert: context.server.cert,
      minVersion: "TLSv1.2",
      ...(context.trust ? { requestCert: true, rejectUnauthorized: false, ca: context.trust.pem } : {}),
    },
    (request, response) => void answer(request, response),
  );
  if (context.trust) {
    // As API Gateway: closes the connection without a certificate, and answers 403 to an untrusted one.
    server.on("secureConnection", (socket) => {
      if (!presented(socket)) socket.destroy();
    });
  }
  server.on("close", () => agent.destroy());
  return server;
}
