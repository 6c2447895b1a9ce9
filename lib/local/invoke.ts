import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { sayDate } from "./aws/http.ts";
import type { Principals } from "./aws/iam/principals.ts";
import { AwsError } from "./aws/protocol.ts";
import { signedPart, verifyRequest, type Credentials } from "./aws/sigv4.ts";
import type { LocalFunction } from "./functions.ts";
import { BodyTooLarge, bodyOf } from "./stored-object.ts";

export type InvokeContext = {
  readonly credentials: Credentials;
  readonly region: string;
  /** The roles that may invoke what their statements name. */
  readonly principals: Principals;
  /** Throws if the stack has no function of this name. */
  readonly functionOf: (name: string) => LocalFunction;
};

const limit = 6_291_556;

/**
 * Lambda's Invoke on loopback; every request must be signed with the data folder's credentials, or by a role that may invoke the function. Not listening yet.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function invokeServer(context: InvokeContext): Server {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const port = request.socket.localPort;
    // Against DNS rebinding: a page whose host name resolves to loopback sends its own host.
    if (request.headers.host !== `127.0.0.1:${port}` && request.headers.host !== `localhost:${port}`)
      throw new AwsError("AccessDeniedException", "This host is not served here.", 403);
    const body = await bodyOf(request, limit);
    const { role } = verifyRequest(
      signedPart(request),
      { ...context, service: "lambda" },
      createHash("sha256").update(body).digest("hex"),
    );
    const path = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(\?.*)?$/.exec(request.url ?? "");
    if (request.method !== "POST" || path === null)
      throw new AwsError("NotImplemented", `${request.method} ${request.url} is not served here: only Invoke.`, 501);
    let target: LocalFunction;
    try {
      target = context.functionOf(decodeURIComponent(path[1] ?? ""));
    } catch {
      throw new AwsError("ResourceNotFoundException", `Function not found: ${path[1]}`, 404);
    }
    const ask = { action: "lambda:InvokeFunction", resource: target.settings.arn };
    context.principals.check(role, [ask], "AccessDeniedException", 403);
    const kind = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
    const event: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    response.setHeader("x-amzn-RequestId", randomUUID());
    if (kind === "DryRun") {
      response.writeHead(204).end();
      return;
    }
    if (kind === "Event") {
      // An asynchronous call: its outcome is in the function's log.
      void target.invoke(event);
      response.writeHead(202).end();
      return;
    }
    const outcome = await target.invoke(event);
    response.setHeader("X-Amz-Executed-Version", "$LATEST");
    response.setHeader("Content-Type", "application/json");
    if (!outcome.ok) response.setHeader("X-Amz-Function-Error", "Unhandled");
    response.writeHead(200).end(outcome.ok ? outcome.payload : JSON.stringify(outcome.error));
  };

  return createServer((request, response) => {
    sayDate(response);
    handle(request, response).catch((error: unknown) => {
      const refused =
        error instanceof AwsError
          ? error
          : error instanceof BodyTooLarge
            ? new AwsError("RequestTooLargeException", `The payload is over ${limit} bytes.`, 413)
            : error instanceof SyntaxError
              ? new AwsError("InvalidRequestContentException", "The payload is not JSON.")
              : new AwsError("ServiceException", error instanceof Error ? error.message : String(error), 500);
      response.writeHead(refused.status, { "Content-Type": "application/json", "x-amzn-ErrorType": refused.code });
      response.end(JSON.stringify({ Type: "User", message: refused.message }));
    });
  });
}
