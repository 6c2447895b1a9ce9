import type { Person } from "../contract/shapes.ts";

export const personNames = [
  "familyName",
  "givenName",
  "familyNameKana",
  "givenNameKana",
  "familyNameEnglish",
  "givenNameEnglish",
] as const satisfies readonly (keyof Person)[];

/** All names of a person in one line: what must be equal for the same mail address. */
export const spelled = (person: Person): string => personNames.map((name) => person[name]).join(" ");
