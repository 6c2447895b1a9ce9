import { characterText } from "./characters.ts";
import { deviceNames } from "./device-names.ts";
import { failures } from "./failures.ts";
import { fileFaults } from "./file-faults.ts";
import type { Facts, Language, Message } from "./language.ts";
import { refusals } from "./refusals.ts";
import { rowFaults } from "./row-faults.ts";
import { fieldRules } from "./rules.ts";

/** Every sentence that says what is wrong, by code: rules of fields, refusals, failed issuances, files and their rows. */
export const messages = {
  ...refusals,
  ...fieldRules,
  ...failures,
  ...fileFaults,
  ...rowFaults,
} as const satisfies Record<string, Message>;

export type MessageCode = keyof typeof messages;
const isMessageCode = (code: unknown): code is MessageCode => typeof code === "string" && Object.hasOwn(messages, code);

/**
 * The sentence of a code in the reader's language. `{name}` is that fact, nothing where it is missing; `{least..most}`
 * is both with a sign between them, or one where they are equal.
 */
export const messageText = (code: MessageCode, language: Language, facts: Facts = {}): string =>
  messages[code][language].replaceAll(/\{(\w+)(?:\.\.(\w+))?\}/g, (_, name: string, to: string | undefined) => {
    const fact = factText(name, facts[name], language);
    if (to === undefined || facts[to] === facts[name]) return fact;
    return `${fact}${language === "ja" ? "～" : " to "}${factText(to, facts[to], language)}`;
  });

/** A device's code becomes its name, a code its own sentence, a character one that can be seen. */
function factText(name: string, fact: string | number | undefined, language: Language): string {
  const devices: Readonly<Record<string, string>> = deviceNames[language];
  const text = String(fact ?? "");
  if (name === "device") return devices[text] ?? text;
  if (name === "character") return characterText(text, language);
  return name === "reason" && isMessageCode(fact) ? messageText(fact, language) : text;
}
