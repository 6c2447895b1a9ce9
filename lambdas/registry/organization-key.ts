/** Neither a letter nor a digit of any script: blanks, punctuation, marks and what cannot be seen. */
const others = /[^\p{L}\p{N}]/gu;
/** Characters; keeps the item's key well below DynamoDB's 1,024 octets. */
const most = 256;

const bare = (text: string) => text.normalize("NFKC").replaceAll(others, "");

/**
 * By what two names of organizations are compared: their letters and digits, whatever their width, case, blanks and
 * punctuation. Upper case comes first because some letters have two lower ones (`ς` and `σ`), and some become two (`ß`) or one
 * with a mark (`ᾶ`).
 * Undefined where nothing is left to compare, or more than a name of 64 characters holds.
 */
export function organizationKey(name: string): string | undefined {
  const key = bare(bare(name.normalize("NFKC").toUpperCase()).toLowerCase());
  return key === "" || key.length > most ? undefined : key;
}
