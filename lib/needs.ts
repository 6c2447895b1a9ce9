import type { Entry, Environment } from "../lambdas/environment.ts";

/** Actions on resources, under conditions: one statement of a function's role. */
export type Right = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** A thing that a function uses: what tells the function where it is, and what the function may do with it. */
export type Need = { readonly value: string; readonly rights: readonly Right[] };

/**
 * What a function is given: under each name of `lambdas/environment.ts` a need, or the text of a setting. A name that
 * is left out does not compile. A right is data beside its name, so that none is given to a function that does not
 * know the thing, and the list tells all that the function can do.
 */
export type Needs<E extends Entry> = Readonly<Record<keyof Environment<E>, Need | string>>;
