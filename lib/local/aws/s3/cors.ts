import type { IncomingMessage } from "node:http";
import { childrenOf, parseXml, textOf, type Element } from "../xml.ts";

const matches = (pattern: string, value: string): boolean => {
  const [head = "", tail] = pattern.split("*", 2);
  if (tail === undefined) return pattern === value;
  return value.startsWith(head) && value.endsWith(tail) && value.length >= head.length + tail.length;
};

const texts = (rule: Element, name: string): readonly string[] => childrenOf(rule, name).map(({ text }) => text);

/**
 * The CORS headers that a bucket's configuration (XML, '' for none) grants to a request: preflights ask for the method
 * and headers they name, other requests for their own. Undefined if no rule allows it.
 */
export const corsHeaders = (xml: string, request: IncomingMessage): Record<string, string> | undefined => {
  const origin = request.headers.origin;
  const root = origin === undefined || xml === "" ? undefined : parseXml(xml);
  if (origin === undefined || root === undefined) return undefined;
  const asked = request.headers["access-control-request-headers"] ?? "";
  const names = asked
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const method = request.headers["access-control-request-method"] ?? request.method ?? "";
  const rule = childrenOf(root, "CORSRule").find(
    (one) =>
      texts(one, "AllowedOrigin").some((pattern) => matches(pattern, origin)) &&
      texts(one, "AllowedMethod").includes(method) &&
      names.every((name) => texts(one, "AllowedHeader").some((pattern) => matches(pattern.toLowerCase(), name))),
  );
  if (rule === undefined) return undefined;
  const exposed = texts(rule, "ExposeHeader").join(", ");
  const preflight = request.method === "OPTIONS";
  const age = textOf(rule, "MaxAgeSeconds");
  return {
    "access-control-allow-origin": origin,
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    ...(preflight && { "access-control-allow-methods": texts(rule, "AllowedMethod").join(", ") }),
    ...(preflight && names.length > 0 && { "access-control-allow-headers": names.join(", ") }),
    ...(preflight && age !== undefined && { "access-control-max-age": age }),
    ...(!preflight && exposed !== "" && { "access-control-expose-headers": exposed }),
  };
};
