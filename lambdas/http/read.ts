import type { APIGatewayProxyEvent } from "aws-lambda";
import type * as z from "zod/mini";
import type { Route } from "../contract/route.ts";
import { faultOf } from "../contract/text.ts";
import { type FieldError, Refusal } from "../refusal.ts";

/** What a route's shapes make of the event. Refusals name the fields with their rules' codes. */
export function read(route: Route, event: APIGatewayProxyEvent) {
  return {
    // An id that cannot be one of ours is answered like one that does not exist.
    params: parsed(route.params, event.pathParameters ?? {}, () => new Refusal("notFound")),
    query: parsed(route.query, event.queryStringParameters ?? {}, refusedFields),
    body: route.body === undefined ? undefined : parsed(route.body, bodyOf(event), refusedFields),
  };
}

function parsed(shape: z.ZodMiniType, value: unknown, refuse: (errors: readonly FieldError[]) => Refusal): unknown {
  // Whether the value is missing or malformed depends on the input. It is personal or secret, so it is passed on to nobody.
  const result = shape.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw refuse(
    result.error.issues.map((issue) => {
      const { path, code, input } = issue;
      const fault = faultOf(issue);
      const missing = fault.code === "invalid" && code === "invalid_type" && input === undefined;
      return { field: path.map(String).join("."), ...(missing ? { code: "required" } : fault) };
    }),
  );
}

const refusedFields = (errors: readonly FieldError[]) => new Refusal("invalid", {}, errors);

/** Octets. The largest body is a selection of 100 certificates, some 4 kB. */
const bodyLimit = 64 * 1024;

function bodyOf({ body, isBase64Encoded }: APIGatewayProxyEvent): unknown {
  const content = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
  if (content.length > bodyLimit) throw new Refusal("bodyTooLarge", { octets: content.length, limit: bodyLimit });
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    throw new Refusal("malformed");
  }
}
