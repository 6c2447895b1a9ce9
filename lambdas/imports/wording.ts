import { type FailureCode, failures, failureText } from "../contract/failures.ts";
import { importLayouts } from "../contract/import-layouts.ts";
import type { ImportOperation } from "../contract/imports.ts";
import { type Language, ruleText } from "../contract/rules.ts";
import { isRefusal, worded } from "../contract/refusals.ts";
import { importPlace, importSentence } from "./files/wording.ts";
import type { ImportError } from "./job.ts";

/** What is told of rows against the registry and of jobs, beside what the file itself and a screen would be told. */
const own: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  slotUnknown: {
    ja: "この代表メールアドレス・利用デバイス用メールアドレス・デバイスコードの証明書は登録されていません。",
    en: "There is no certificate for these mail addresses and this device.",
  },
  nothingToRevoke: {
    ja: "有効な証明書がないため、失効の必要はありませんでした。",
    en: "It has no live certificate: there was nothing to revoke.",
  },
  issuanceFailed: { ja: "証明書を発行できませんでした。{reason}", en: "The certificate could not be issued. {reason}" },
  rowFailed: {
    ja: "システムの都合により処理できませんでした。この行をあらためて処理してください。",
    en: "The system could not do this row. Please handle it once more.",
  },
  uploadGone: { ja: "アップロードされたファイルを読み込めませんでした。", en: "The uploaded file could not be read." },
  uploadMissing: { ja: "ファイルがアップロードされませんでした。", en: "The file was not uploaded." },
  checkFailed: {
    ja: "ファイルの確認が完了しませんでした。もう一度アップロードしてください。",
    en: "The file could not be checked. Please upload it again.",
  },
};

const isFailure = (code: unknown): code is FailureCode => typeof code === "string" && Object.hasOwn(failures, code);

/** A failed issuance carries its code as a fact, for each reader to be told in their language. */
function factsIn(
  { code, facts = {} }: Omit<ImportError, "row">,
  language: Language,
): NonNullable<ImportError["facts"]> {
  const { reason } = facts;
  return code === "issuanceFailed" && isFailure(reason) ? { ...facts, reason: failureText(reason, language) } : facts;
}

/** The sentence of an error in the reader's language: a cell's rule, a refusal as the screen words it, or the file's own. */
export function importErrorText(error: Omit<ImportError, "row">, language: Language): string {
  const { code } = error;
  const facts = factsIn(error, language);
  const text = own[code]?.[language];
  if (text !== undefined) return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
  const sentence = importSentence(error, language);
  const unknown = sentence === ruleText("invalid", language);
  return unknown && isRefusal(code) && code !== "invalid" ? worded(code, facts, language) : sentence;
}

/** 「行:N 項目:M …」 */
export const importErrorLine = (error: ImportError, operation: ImportOperation, language: Language): string =>
  `${importPlace(error, importLayouts[operation], language)}${importErrorText(error, language)}`;
