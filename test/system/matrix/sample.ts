/** What a route takes, read from its own shapes: so a new route is asked without a line here. */
import * as z from "zod/mini";
import { identifier } from "../../../lambdas/contract/fields.ts";
import type { Route } from "../../../lambdas/contract/route.ts";
import { yamadaTaro } from "../../person.ts";

/** Where a route takes an id: `{serviceId}` of its path, a field of its body, or each of a list there. */
export type Slot = { readonly kind: string; readonly at: "path" | "body" | "list"; readonly name: string };
export type Ids = Readonly<Record<string, string>>;

type Schema = {
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
};
const schemaOf = (shape: z.ZodMiniType): Schema =>
  z.toJSONSchema(shape, { io: "input", unrepresentable: "any" }) as Schema;
const idPattern = schemaOf(identifier).pattern;
const fieldsOf = (route: Route) =>
  Object.entries(route.body === undefined ? {} : (schemaOf(route.body).properties ?? {}));

/** Every place of a route that names a thing. */
export function slotsOf(route: Route): readonly Slot[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]): Slot => ({
    kind: name,
    at: "path",
    name,
  }));
  const inBody = fieldsOf(route).flatMap(([name, field]): Slot[] => {
    if (field.pattern === idPattern) return [{ kind: name, at: "body", name }];
    return field.items?.pattern === idPattern ? [{ kind: name.replace(/s$/, ""), at: "list", name }] : [];
  });
  return [...inPath, ...inBody];
}

/** Texts of which each field takes one. */
const texts = ["Yamada", "ヤマダ", "山田", "taro@mytest.jp", "2027/01/01", "利用者.csv", "guessed-token-of-nobody"];

function sampleOf(schema: Schema, name: string, ids: Ids): unknown {
  if (schema.properties !== undefined) {
    const wanted = Object.entries(schema.properties).filter(
      ([field, { pattern }]) => (schema.required ?? []).includes(field) || pattern === idPattern,
    );
    return Object.fromEntries(wanted.map(([field, one]) => [field, sampleOf(one, field, ids)]));
  }
  if (schema.items !== undefined) return [sampleOf(schema.items, name.replace(/s$/, ""), ids)];
  if (schema.pattern === idPattern) return idOf(ids, name);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === "boolean") return false;
  if (schema.type === "number" || schema.type === "integer") return 1;
  return (yamadaTaro as Readonly<Record<string, string>>)[name] ?? texts[0];
}

export function idOf(ids: Ids, kind: string): string {
  const id = ids[kind];
  if (id === undefined) throw new Error(`a route names a ${kind}: make one in matrix/things.ts`);
  return id;
}

/**
 * A body that the route's shape takes, naming these things; undefined for a route without one. `fields` replace those of
 * the same name, whether the shape takes them or not.
 */
export function bodyOf(route: Route, ids: Ids, fields: object = {}): unknown {
  if (route.body === undefined) return undefined;
  const body = sampleOf(schemaOf(route.body), "", ids) as Record<string, unknown>;
  for (const text of texts) {
    for (const { path } of route.body.safeParse(body).error?.issues ?? []) body[String(path[0])] = text;
  }
  if (route.body.safeParse(body).success) return { ...body, ...fields };
  throw new Error(`no body for ${route.method} ${route.path}: add a text to matrix/sample.ts`);
}

export const pathOf = (route: Route, ids: Ids): string =>
  route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idOf(ids, name));
