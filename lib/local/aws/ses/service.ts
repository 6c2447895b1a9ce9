import { createHash, randomUUID } from "node:crypto";
import { asAwsError, isOwnHost, listen, meterReply, readBody, send, type HttpServer } from "../http.ts";
import { accountId } from "../input.ts";
import type { Meter } from "../meter.ts";
import { AwsError, type Units } from "../protocol.ts";
import { signedPart, verifyRequest, type Authority } from "../sigv4.ts";
import { xmlDocument, type Content } from "../xml.ts";
import type { Mails } from "./mails.ts";

/** The account's sending limits. */
export type Quota = { readonly perDay: number; readonly perSecond: number };

const namespace = "http://ses.amazonaws.com/doc/2010-12-01/";
const day = 86_400_000;

type Action = (form: URLSearchParams, count: (units: Units) => void) => Promise<Content> | Content;

/** The values of a list member by member (`Destinations.member.1` …). */
const members = (form: URLSearchParams, name: string): readonly string[] =>
  [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);

/** The operations of SES by name. */
export const sesActions = (mails: Mails, quota: Quota): Readonly<Record<string, Action>> => {
  // A token bucket: refilled at the sending rate, one second's worth at most.
  let allowance = quota.perSecond;
  let refilled = Date.now();

  const spend = (now: number): void => {
    allowance = Math.min(quota.perSecond, allowance + ((now - refilled) / 1000) * quota.perSecond);
    refilled = now;
    if (allowance < 1) throw new AwsError("Throttling", "Maximum sending rate exceeded.");
    if (mails.countSince(now - day) >= quota.perDay) {
      throw new AwsError("Throttling", "Daily message quota exceeded.");
    }
    allowance -= 1;
  };

  return {
    SendRawEmail: async (form, count) => {
      const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64");
      if (raw.length === 0) throw new AwsError("InvalidParameterValue", "RawMessage.Data is empty.");
      const to = members(form, "Destinations");
      if (to.length > 50) throw new AwsError("MessageRejected", "A message has at most 50 recipients.");
      const now = Date.now();
      spend(now);
      count({ recipients: Math.max(1, to.length), bytes: raw.length });
      return { MessageId: await mails.accept(raw, form.get("Source") ?? undefined, to, now) };
    },
  };
};

/** Serves classic SES (Query protocol, version 2010-12-01) on loopback; accepted mails go to `mails`. */
export const serveSes = async (
  mails: Mails,
  quota: Quota,
  port: number,
  authority: Authority,
  meter: Meter,
): Promise<HttpServer> => {
  const table = sesActions(mails, quota);
  return listen(port, async (request, response) => {
    const metered = isOwnHost(request) ? meterReply(request, meter) : undefined;
    if (metered !== undefined) return send(response, metered);
    const headers = { "content-type": "text/xml" };
    const RequestId = randomUUID();
    try {
      if (!isOwnHost(request)) throw new AwsError("AccessDenied", "The Host is not this service.", 403);
      const body = await readBody(request, 64 * 1024 * 1024);
      const { role } = verifyRequest(signedPart(request), authority, createHash("sha256").update(body).digest("hex"));
      const form = new URLSearchParams(body.toString());
      const name = form.get("Action") ?? "";
      const context = { "ses:FromAddress": form.get("Source") ?? undefined };
      const identity = `arn:aws:ses:${authority.region}:${accountId}:identity/${form.get("Source") ?? ""}`;
      authority.principals?.check(role, [{ action: `ses:${name}`, resource: identity, context }], "AccessDenied");
      const action = Object.hasOwn(table, name) ? table[name] : undefined;
      if (action === undefined) throw new AwsError("NotImplemented", `ses has no ${name} on this machine.`, 501);
      const units: Record<string, number> = { calls: 1 };
      try {
        const result = await action(form, (used) => Object.assign(units, used));
        const content = { [`${name}Result`]: result, ResponseMetadata: { RequestId } };
        send(response, { status: 200, headers, body: xmlDocument(`${name}Response`, namespace, content) });
      } finally {
        meter.count("ses", name, units);
      }
    } catch (failure) {
      const { code, message, status } = asAwsError(failure);
      const Type = status >= 500 ? "Receiver" : "Sender";
      const content = { Error: { Type, Code: code, Message: message }, RequestId };
      send(response, { status, headers, body: xmlDocument("ErrorResponse", namespace, content) });
    }
  });
};
