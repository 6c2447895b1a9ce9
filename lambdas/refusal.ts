import type { RefusalKind } from "./contract/refusals.ts";

export type { RefusalKind };

/** A field that was refused: its path (`devices.0.to`) and the code of its rule (`contract/rules.ts`). */
export type FieldError = { readonly field: string; readonly code: string };

export class Refusal extends Error {
  readonly kind: RefusalKind;
  /** Facts that the wording names, such as counts or the two spellings of a name. Never a secret. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly errors: readonly FieldError[];

  constructor(kind: RefusalKind, facts: Record<string, string | number> = {}, errors: readonly FieldError[] = []) {
    super(kind);
    this.name = "Refusal";
    this.kind = kind;
    this.facts = facts;
    this.errors = errors;
  }
}

/** The refusal of single fields. */
export const invalid = (...errors: readonly FieldError[]): Refusal => new Refusal("invalid", {}, errors);
