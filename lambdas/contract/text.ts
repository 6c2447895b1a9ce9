/** What every readable text obeys, on pages, in requests, in files and on the operator's command line. */
import * as z from "zod/mini";
import { offenceFinder, trimmed } from "./characters.ts";
import type { Facts } from "./language.ts";
import { type FieldRule, isFieldRule } from "./rules.ts";

/** Why a value was refused: the rule, and what its wording names. */
export type FieldFault = { readonly code: FieldRule; readonly facts?: Facts };

/** Refuses by the first fault; its code is the issue's message, its facts are the issue's `params`. */
export const faultless = (faultOf: (value: string) => FieldFault | undefined) =>
  z.check<string>((given) => {
    const fault = faultOf(given.value);
    if (fault === undefined) return;
    const { code: message, facts } = fault;
    given.issues.push({ code: "custom", input: given.value, message, ...(facts && { params: facts }) });
  });

/** The rule of an issue, and what its message names; a library's own issue names neither. */
export const faultOf = (issue: z.core.$ZodIssue): FieldFault => ({
  code: isFieldRule(issue.message) ? issue.message : "invalid",
  ...(issue.code === "custom" && issue.params !== undefined ? { facts: issue.params as Facts } : {}),
});

function lengthFault(value: string, longest: number): FieldFault | undefined {
  if (value.length <= longest) return undefined;
  const count = Array.from(value).length;
  return count > longest ? { code: "tooLong", facts: { count, longest } } : undefined;
}

/** Any text of at most `longest` characters. */
export const atMost = (longest: number) => faultless((value) => lengthFault(value, longest));

/** A text's rules, in the order in which they are asked. */
type TextRules = {
  readonly longest: number;
  /** The characters it may have, as a class of a regular expression. */
  readonly allowed: string;
  /** What is said of another character: its name and its place. */
  readonly character: FieldRule;
  /** What is wrong with it though every character is allowed. */
  readonly form?: (value: string) => FieldFault | undefined;
};

/**
 * A text that keeps these rules and those of every readable text (`offenceFinder`); the first character that does not is
 * named.
 */
export function text({ longest, allowed, character, form }: TextRules) {
  const offenceIn = offenceFinder(allowed);
  return z.string({ error: "invalid" satisfies FieldRule }).check(
    faultless((value) => {
      const tooLong = lengthFault(value, longest);
      if (tooLong !== undefined) return tooLong;
      const offence = offenceIn(value);
      if (offence === undefined) return form?.(value);
      const { kind, ...facts } = offence;
      return { code: kind === "character" ? character : kind, facts };
    }),
  );
}

/** Any string; a missing value has another error than one of another type. */
const string = z.string({ error: ({ input }) => (input === undefined ? "required" : "invalid") satisfies FieldRule });

/** Raw characters for each that a field allows: blanks at the ends, and letters that are composed of several. */
const rawPerCharacter = 4;

/**
 * A string that is rewritten before its rules are asked. Its raw length is bounded first, because normalization takes
 * quadratic time over combining marks: a body of 0.9 MB held a function for half a minute.
 */
export const rewritten = (longest: number, rewrite: (value: string) => string) =>
  z.pipe(
    string.check(
      faultless((value) =>
        value.length <= rawPerCharacter * longest
          ? undefined
          : { code: "tooLong", facts: { count: Array.from(value).length, longest } },
      ),
    ),
    z.transform(rewrite),
  );

/** Without blanks at its ends and composed (NFC), so that one name has one spelling. */
export const composed = (longest: number) => rewritten(longest, (value) => trimmed(value).normalize("NFC"));
/** Half-width kana become full-width ones, full-width digits half-width ones (NFKC). */
export const converted = (longest: number) => rewritten(longest, (value) => trimmed(value.normalize("NFKC")));
export const present = z.string().check(z.minLength(1, { error: "required" }));

/** Of one line and printed as it is, in any script. */
export const printed = (longest: number) =>
  text({ longest, allowed: String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S} \u3000]`, character: "printable" });

/** The name of a company, service, organization or file. */
export const title = (longest: number) => z.pipe(z.pipe(composed(longest), present), printed(longest));
