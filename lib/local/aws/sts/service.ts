import { randomUUID } from "node:crypto";
import { asAwsError, isOwnHost, listen, meterReply, send, type HttpServer } from "../http.ts";
import type { Meter } from "../meter.ts";
import { AwsError } from "../protocol.ts";
import { queryOf, signedPart, verifyRequest, type Authority } from "../sigv4.ts";

/** The account of everything on this machine. */
const account = "000000000000";

/**
 * The operations of STS by name. The credentials of the data folder are one identity: whoever holds the
 * folder. Which of this machine's people typed a command is not known here.
 */
export const stsActions: Readonly<Record<string, (authority: Authority) => object>> = {
  GetCallerIdentity: ({ credentials }) => ({
    Account: account,
    Arn: `arn:aws:iam::${account}:user/local/operator`,
    UserId: credentials.accessKeyId,
  }),
};

/** Serves STS (Query protocol, version 2011-06-15) on loopback: presigned GETs that ask for JSON. */
export const serveSts = async (port: number, authority: Authority, meter: Meter): Promise<HttpServer> =>
  listen(port, async (request, response) => {
    const metered = isOwnHost(request) ? meterReply(request, meter) : undefined;
    if (metered !== undefined) return send(response, metered);
    const headers = { "content-type": "application/json" };
    const RequestId = randomUUID();
    try {
      if (!isOwnHost(request)) throw new AwsError("AccessDenied", "The Host is not this service.", 403);
      verifyRequest(signedPart(request), authority);
      const query = new Map(queryOf(request.url ?? ""));
      const name = query.get("Action") ?? "";
      const action = Object.hasOwn(stsActions, name) ? stsActions[name] : undefined;
      if (action === undefined || request.method !== "GET" || query.get("Version") !== "2011-06-15") {
        throw new AwsError("NotImplemented", `sts has no ${request.method} ${name} on this machine.`, 501);
      }
      if (request.headers.accept !== "application/json") {
        throw new AwsError("NotImplemented", "sts answers in JSON alone on this machine.", 501);
      }
      meter.count("sts", name, { calls: 1 });
      const content = { [`${name}Result`]: action(authority), ResponseMetadata: { RequestId } };
      send(response, { status: 200, headers, body: JSON.stringify({ [`${name}Response`]: content }) });
    } catch (failure) {
      const { code, message, status } = asAwsError(failure);
      const Type = status >= 500 ? "Receiver" : "Sender";
      const body = JSON.stringify({ Error: { Type, Code: code, Message: message }, RequestId });
      send(response, { status, headers, body });
    }
  });
