import type { Entry, Environment } from "../lambdas/environment.ts";

/** Actions on resources, under conditions: one statement of a function's role. */
export type Right = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** A resource that a function uses: the value by which the function finds it, and its rights to it. */
export type Need = { readonly value: string; readonly rights: readonly Right[] };

/**
 * What a function is given: for each name of `lambdas/environment.ts` a need, or the text of a setting. Leaving a name
 * out does not compile. A right is written beside the name of its resource and nowhere else, so the list is complete:
 * it says everything that the function may do.
 */
export type Needs<E extends Entry> = Readonly<Record<keyof Environment<E>, Need | string>>;
