/** ▼検索条件: what a list can be searched by. All conditions hold together; of one that names several values, any. */
import * as z from "zod/mini";
import { type Device, deviceCodes } from "./fields.ts";
import { folded } from "./folded.ts";
import { endOfJstDay, jstMoment, withSlashes } from "./jst.ts";
import type { FieldRule } from "./rules.ts";
import { type Status, statuses } from "./shapes.ts";
import { atMost } from "./text.ts";

/** Blanks alone are no condition. */
const given = z.pipe(
  z.string().check(atMost(64)),
  z.transform((typed: string) => (typed.trim() === "" ? undefined : typed.trim())),
);
/** A word to search for. */
export const wordIfGiven = z.optional(given);

/** A day of Japan's calendar, `yyyy/mm/dd`. */
export const dayIfGiven = z.optional(
  z.pipe(
    z.pipe(
      given,
      z.transform((typed) => (typed === undefined ? undefined : withSlashes(typed.normalize("NFKC")))),
    ),
    z.optional(
      z.string().check(
        z.regex(/^\d{4}\/\d{1,2}\/\d{1,2}$/, { error: "dateOnly" satisfies FieldRule, abort: true }),
        z.refine((text) => jstMoment(text) !== undefined, { error: "momentUnknown" satisfies FieldRule }),
      ),
    ),
  ),
);

/** `a,b` → ["a", "b"]. */
const anyOf = <Value extends string>(values: readonly Value[]) =>
  z.optional(
    z.pipe(
      z.pipe(
        z.string().check(atMost(64)),
        z.transform((text: string) => text.split(",").filter((one) => one !== "")),
      ),
      z.array(z.enum(values, { error: "invalid" satisfies FieldRule })),
    ),
  );

/** The conditions as a request and an address name them. Days are JST's, both included (`spansInOrder`). */
export const searchFields = {
  family: wordIfGiven,
  given: wordIfGiven,
  mail: wordIfGiven,
  requestedFrom: dayIfGiven,
  requestedTo: dayIfGiven,
  issuedFrom: dayIfGiven,
  issuedTo: dayIfGiven,
  endsFrom: dayIfGiven,
  endsTo: dayIfGiven,
  status: anyOf<Status>(statuses),
  device: anyOf<Device>(deviceCodes),
} as const;
const searchQuery = z.object(searchFields);
export type SearchField = keyof typeof searchFields;
export const searchFieldNames = Object.keys(searchFields) as readonly SearchField[];

/** Instants from one to another, ISO 8601, both included. */
export type Span = { readonly from: string; readonly through: string };

/** The conditions as certificates are asked for them; words are folded. */
export type Conditions = {
  /** Beginning of the family name, in its own script or in kana. */
  readonly family?: string;
  readonly given?: string;
  /** Beginning of the contact address or the certificate's. */
  readonly mail?: string;
  readonly requested?: Span;
  readonly issued?: Span;
  readonly ends?: Span;
  readonly statuses?: readonly Status[];
  readonly devices?: readonly Device[];
};

/** Each span's first and last day. */
const spanFields = [
  ["requestedFrom", "requestedTo"],
  ["issuedFrom", "issuedTo"],
  ["endsFrom", "endsTo"],
] as const satisfies readonly (readonly [SearchField, SearchField])[];

/** The last day of a span is not before its first. */
export const spansInOrder = z.check<z.output<typeof searchQuery>>(({ value, issues }) => {
  for (const [from, to] of spanFields) {
    const [first, last] = [startOf(value[from]), startOf(value[to])];
    if (first !== undefined && last !== undefined && last < first)
      issues.push({ code: "custom", input: value, path: [to], message: "spanReversed" satisfies FieldRule });
  }
});

const startOf = (day: string | undefined) => jstMoment(day ?? "")?.at;
/** Before and after every instant that is stored. */
const [earliest, latest] = ["0000", "9999"];

/** All of these days. */
export function spanOf(from: string | undefined, to: string | undefined): Span | undefined {
  if (from === undefined && to === undefined) return undefined;
  const last = startOf(to);
  return {
    from: startOf(from)?.toISOString() ?? earliest,
    // To the last millisecond of its last second.
    through: last === undefined ? latest : `${endOfJstDay(last).toISOString().slice(0, 19)}.999Z`,
  };
}

/** Undefined where nothing is asked for. */
export function conditionsOf(asked: z.output<typeof searchQuery>): Conditions | undefined {
  const { family, given: givenName, mail, status, device } = asked;
  const spans = {
    requested: spanOf(asked.requestedFrom, asked.requestedTo),
    issued: spanOf(asked.issuedFrom, asked.issuedTo),
    ends: spanOf(asked.endsFrom, asked.endsTo),
  };
  const conditions: Conditions = {
    ...(family === undefined ? {} : { family: folded(family) }),
    ...(givenName === undefined ? {} : { given: folded(givenName) }),
    ...(mail === undefined ? {} : { mail: folded(mail) }),
    ...Object.fromEntries(Object.entries(spans).filter(([, one]) => one !== undefined)),
    ...(status === undefined || status.length === 0 ? {} : { statuses: status }),
    ...(device === undefined || device.length === 0 ? {} : { devices: device }),
  };
  return Object.keys(conditions).length === 0 ? undefined : conditions;
}
