import type { NoticeFacts, WordedKind } from "./facts.ts";
import type { Part } from "./layout.ts";

/** One language's mails: a kind without a title or a text does not compile. */
export type Wording = {
  readonly subjects: Readonly<Record<WordedKind, string>>;
  readonly parts: { readonly [K in WordedKind]: (facts: NoticeFacts[K]) => readonly Part[] };
};
