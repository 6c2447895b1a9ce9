import * as z from "zod/mini";
import type { FieldRule } from "./rules.ts";

/** A string that must match; what it says on refusal is the rule's code, worded by `rules.ts`. */
const text = (rule: FieldRule, pattern: RegExp, longest: number) =>
  z.string({ error: rule }).check(z.maxLength(longest, { error: "tooLong" }), z.regex(pattern, { error: rule }));

/** Any string; a missing value is told from one of another type. */
const string = z.string({ error: ({ input }) => (input === undefined ? "required" : "invalid") satisfies FieldRule });

/** Trims the outer blanks and composes (NFC), so that one name has one spelling. */
const trimmed = z.pipe(
  string,
  z.transform((value: string) => value.trim().normalize("NFC")),
);
/** Half-width kana become full-width ones (NFKC) before the check. */
const converted = z.pipe(
  string,
  z.transform((value: string) => value.normalize("NFKC").trim()),
);
const present = z.string().check(z.minLength(1, { error: "required" }));

/** An address as typed; compared case-blind (requirements 4.2: letters, digits, `.` `_` `-`). RFC 5321 lengths. */
export const mail = z.pipe(
  z.pipe(trimmed, present),
  z
    .string()
    .check(
      z.maxLength(254, { error: "tooLong" }),
      z.regex(
        /^(?![^@]{65})[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*@[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+$/,
        { error: "mail" },
      ),
    ),
);

/** A family or given name in any script; inner blanks only. */
export const personName = z.pipe(
  z.pipe(trimmed, present),
  text("name", /^[\p{L}\p{M}\p{N}々ー・._-]+(?:[ \u3000][\p{L}\p{M}\p{N}々ー・._-]+)*$/u, 64),
);

/** Full-width katakana after conversion. */
export const kana = z.pipe(z.pipe(converted, present), text("kana", /^[ァ-ヺ][ァ-ヺー・ヽヾ ]*$/u, 64));

/** The spelling that goes into the certificate; both parts and one blank fit CN's 64 (X.520 ub-common-name). */
export const englishName = z.pipe(
  z.pipe(trimmed, present),
  text("english", /^[A-Za-z0-9._-]+(?: [A-Za-z0-9._-]+)*$/, 63),
);

/** Device kinds by code, as customers' files carry them. */
export const deviceCodes = ["01", "11", "12", "20", "99"] as const;
export const device = z.enum(deviceCodes, { error: "device" });
export type Device = (typeof deviceCodes)[number];

/** A date, or a date and time, in JST. Which of them it must be is the service's to say: `readPeriod` reads it. */
export const moment = z.pipe(converted, z.string().check(z.maxLength(64, { error: "tooLong" })));

/** A moment that may be left empty: blanks alone are none. */
export const momentIfGiven = z.optional(
  z.pipe(
    z.pipe(
      string,
      z.transform((value: string) => (value.trim() === "" ? undefined : value)),
    ),
    z.optional(moment),
  ),
);

/** A day of Japan's calendar, `yyyy/mm/dd`; single digits are accepted. */
export const day = z.pipe(converted, text("dateOnly", /^\d{4}\/\d{1,2}\/\d{1,2}$/, 10));

/** Identifiers are ours: `t…`, or the tenant's followed by one of its own. */
export const identifier = z.string().check(z.regex(/^[0-9a-z][0-9a-z-]{2,60}$/, { error: "identifier" }));

/** A client's own key for one intention; the same key answers the same (Idempotency-Key header). */
export const idempotencyKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));
