import * as z from "zod/mini";
import { deviceCodes } from "./fields.ts";
import type { FieldRule } from "./rules.ts";
import { searchFields, spansInOrder } from "./search.ts";
import { statuses } from "./shapes.ts";

/** What the list of certificates can be sorted by. */
export const sortColumns = ["name", "primaryEmail", "certificateEmail", "status", "device", "notAfter"] as const;
export type SortColumn = (typeof sortColumns)[number];

/** Rows on a page: as many as stay quick to draw and to read. */
export const pageSizes = { usual: 50, most: 100 } as const;

/** A place in a list as clients carry it: base64url, because it holds characters that addresses do not. */
export const cursorOf = (place: string): string =>
  btoa(String.fromCodePoint(...new TextEncoder().encode(place)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const malformed = "cursor" satisfies FieldRule;

/** The place that a cursor carries; "" where it carries none. */
function placeOf(cursor: string): string {
  try {
    const octets = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(octets, (one) => one.codePointAt(0) ?? 0));
  } catch {
    return "";
  }
}

/** Where a page of certificates ended: a sort value, which ends with the certificate's id and fits a key of the table. */
const certificateCursor = z.pipe(
  z.pipe(z.string(), z.transform(placeOf)),
  z.string().check(
    z.refine(
      (value) => {
        const [, ...parts] = value.split("\u0000");
        const ended = /^t[0-9a-z]{10}-c[0-9a-z]{12}$/.test(parts.at(-1) ?? "");
        return ended && new TextEncoder().encode(value).length <= 1024;
      },
      { error: malformed },
    ),
  ),
);

const letters = /^[\w.@-]{1,64}$/;
const oneOf = (codes: readonly string[]) => new RegExp(`^(?:${codes.join("|")})$`);

/** What a page may begin at in each order. */
const values: Readonly<Record<SortColumn, RegExp>> = {
  name: /^[ァ-ヺー]{1,16}$/,
  primaryEmail: letters,
  certificateEmail: letters,
  status: oneOf(statuses),
  device: oneOf(deviceCodes),
  notAfter: /^[2-9]\d{3}\/(?:0[1-9]|1[0-2])$/,
};

/**
 * Which page of a list: the first one, or `back` the last one; after a cursor, or `back` before it; or from a value on
 * (katakana of a family name, letters of an address, a status, a device, a month `yyyy/mm`).
 */
export const pageQuery = z
  .object({
    sort: z._default(z.enum(sortColumns), "name"),
    order: z._default(z.enum(["asc", "desc"]), "asc"),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(pageSizes.most)), pageSizes.usual),
    cursor: z.optional(certificateCursor),
    back: z.optional(z.literal("1")),
    from: z.optional(z.string()),
    ...searchFields,
  })
  .check(
    z.refine(({ sort, from }) => from === undefined || values[sort].test(from), {
      error: "invalid" satisfies FieldRule,
      path: ["from"],
    }),
    spansInOrder,
  );
export type PageQuery = z.output<typeof pageQuery>;

/** What is counted: all rows, or those that match, from a cursor of an earlier answer on. */
export const countQuery = z.object({ cursor: z.optional(certificateCursor), ...searchFields }).check(spansInOrder);
