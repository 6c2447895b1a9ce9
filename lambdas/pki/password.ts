/** Passwords that people copy from paper to a phone: one case, no look-alikes, nothing that a spreadsheet changes. */
import { randomInt } from "node:crypto";

const LETTERS = "abcdefghjkmnpqrstuvwxyz";
const LETTERS_AND_DIGITS = `${LETTERS}23456789`;
const LENGTH = 17;

/**
 * A new password of 17 characters with 83 random bits (log2(23) + 16 · log2(31)). It is ASCII, has none of
 * `0 o 1 l i`, and begins with a letter: a spreadsheet then reads neither a formula nor a number.
 */
export function newPassword(): string {
  let password = pick(LETTERS);
  while (password.length < LENGTH) password += pick(LETTERS_AND_DIGITS);
  return password;
}

/** `randomInt` draws without modulo bias. */
const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length));
