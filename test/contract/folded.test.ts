import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded } from "../../lambdas/contract/folded.ts";
import { newPassword } from "../../lambdas/pki/password.ts";

/** What keyboards, input methods and the clipboard put between characters. */
const blanks = [" ", "\u3000", "\u00a0", "\t", "\r\n", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\u202c"];
const fullWidth = (character: string) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);

/** The same identifier as somebody might type it, character by character. */
const typings = (identifier: string) =>
  fc
    .tuple(
      ...Array.from(identifier, (character) =>
        fc
          .tuple(
            fc.constantFrom(
              character,
              character.toUpperCase(),
              fullWidth(character),
              fullWidth(character.toUpperCase()),
            ),
            fc.array(fc.constantFrom(...blanks), { maxLength: 2 }),
          )
          .map(([typed, noise]) => typed + noise.join("")),
      ),
    )
    .map((typed) => typed.join(""));

describe("folding", () => {
  it("finds an ID and a password in every way of typing them", () => {
    for (const identifier of ["yamada-taro.1_x@mytest.jp", newPassword(), newPassword()]) {
      fc.assert(fc.property(typings(identifier), (typed) => folded(typed) === identifier));
    }
  });

  it("changes no password that we make, so that no two of them become one", () => {
    for (let count = 0; count < 2000; count++) {
      const password = newPassword();
      expect(folded(password)).toBe(password);
    }
  });

  it("keeps every visible character: a mistyped one is never forgiven", () => {
    fc.assert(fc.property(fc.stringMatching(/^[!-~]{1,40}$/), (typed) => folded(typed) === typed.toLowerCase()));
  });
});
