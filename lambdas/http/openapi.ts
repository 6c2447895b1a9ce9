import * as z from "zod/mini";
import type { Route, Routes } from "../contract/route.ts";
import { problem, unsafeHeaders } from "../contract/problem.ts";

const schema = (shape: z.ZodMiniType, io: "input" | "output") => {
  const { $schema: _, ...rest } = z.toJSONSchema(shape, { io, unrepresentable: "any" });
  return rest;
};

const headerParameter = (name: string, description: string, value?: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: value === undefined ? { type: "string" } : { const: value },
});

const unsafeParameters = [
  headerParameter("Origin", "The site's own origin"),
  headerParameter(unsafeHeaders.marker, "Proves that no form sent this", unsafeHeaders.markerValue),
  headerParameter(
    unsafeHeaders.idempotency,
    "One key per request: a repetition with the same key gets the same answer",
  ),
];

function parameters(route: Route): readonly unknown[] {
  const of = (place: "path" | "query", shape: z.ZodMiniObject) => {
    const { properties = {}, required = [] } = schema(shape, "input") as {
      properties?: Record<string, unknown>;
      required?: readonly string[];
    };
    return Object.entries(properties).map(([name, described]) => ({
      name,
      in: place,
      required: place === "path" || required.includes(name),
      schema: described,
    }));
  };
  const unsafe = route.audience === "administrator" && route.method !== "GET" ? unsafeParameters : [];
  return [...of("path", route.params), ...of("query", route.query), ...unsafe];
}

/** OpenAPI 3.1 of a route table; operationId is the route's name. */
export function openapi(title: string, routes: Routes): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      operationId: name,
      summary: route.summary,
      parameters: parameters(route),
      ...(route.body === undefined
        ? {}
        : {
            requestBody: { required: true, content: { "application/json": { schema: schema(route.body, "input") } } },
          }),
      responses: {
        [route.status]: {
          description: "Done",
          content: { "application/json": { schema: schema(route.reply, "output") } },
        },
        default: {
          description: "Refused (RFC 9457)",
          content: { "application/problem+json": { schema: schema(problem, "output") } },
        },
      },
    };
  }
  return { openapi: "3.1.0", info: { title, version: "1" }, paths };
}
