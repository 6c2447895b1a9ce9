/** What people cannot see, or type by accident: blanks, control and format characters, whatever is drawn as nothing. */
const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The one spelling of an identifier that we made ourselves and that people type or paste: half-width, lower case,
 * nothing invisible. IDs, passwords and codes hold no character that is changed by it, so none of them changes.
 */
export const folded = (typed: string): string =>
  typed.replaceAll(unseen, "").normalize("NFKC").toLowerCase().replaceAll(unseen, "");
