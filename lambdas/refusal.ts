import type { Facts } from "./contract/language.ts";
import type { MessageCode } from "./contract/messages.ts";
import { isRefusal, type RefusalKind } from "./contract/refusals.ts";

export type { RefusalKind };

/** A field that was refused: its path (`devices.0.to`), and what is wrong with it. */
export type FieldError = { readonly field: string; readonly code: MessageCode; readonly facts?: Facts | undefined };

export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly facts: Facts;
  readonly errors: readonly FieldError[];

  constructor(kind: RefusalKind, facts: Facts = {}, errors: readonly FieldError[] = []) {
    super(kind);
    this.name = "Refusal";
    this.kind = kind;
    this.facts = facts;
    this.errors = errors;
  }
}

/** The refusal that these errors are: of the kind of the first that is a refusal by itself, else of single fields. */
export function refusalOf(errors: readonly FieldError[]): Refusal {
  const first = errors.find(({ code }) => isRefusal(code));
  return first !== undefined && isRefusal(first.code)
    ? new Refusal(first.code, first.facts, errors)
    : invalid(...errors);
}

/** The refusal of single fields. */
export const invalid = (...errors: readonly FieldError[]): Refusal => new Refusal("invalid", {}, errors);
