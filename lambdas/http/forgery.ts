import type { APIGatewayProxyEvent } from "aws-lambda";
import { unsafeHeaders } from "../contract/problem.ts";
import { Refusal } from "../refusal.ts";

/** One header by name; the gateway keeps the client's spelling. */
export function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(event.headers).find(([given]) => given.toLowerCase() === wanted)?.[1];
}

/**
 * No other site's page may ask anything of the API, not even for what it could not read: its answer's time and size would
 * tell. A link from a mail leads to a page, which is none of the API's. Programs say nothing of sites.
 */
export function refuseOtherSites(event: APIGatewayProxyEvent): void {
  const site = header(event, "Sec-Fetch-Site");
  const own = site === undefined || site === "same-origin" || site === "none";
  if (event.path.startsWith("/api/") && !own) throw new Refusal("forgery");
}

/**
 * A browser sends the client certificate with any site's request, so an unsafe call must prove that
 * our own page made it: exact Origin, same-origin fetch metadata where the browser says it, JSON,
 * and a header that no form can send. Checked before the body is read.
 */
export function refuseForgery(event: APIGatewayProxyEvent, siteUrl: string): void {
  const site = header(event, "Sec-Fetch-Site");
  const type = header(event, "Content-Type")?.split(";")[0]?.trim().toLowerCase();
  const ours =
    header(event, "Origin") === new URL(siteUrl).origin &&
    (site === undefined || site === "same-origin") &&
    type === "application/json" &&
    header(event, unsafeHeaders.marker) === unsafeHeaders.markerValue;
  if (!ours) throw new Refusal("forgery");
}
