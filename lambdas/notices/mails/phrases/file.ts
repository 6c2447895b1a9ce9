import { jstDate } from "../../../contract/jst.ts";
import type { Language } from "../../../contract/language.ts";
import { grouped, heading, link, type Part, steps, terms, words } from "../../layout.ts";
import type { ActGiven } from "../mail.ts";
import { letter } from "./letter.ts";

/** What a mail about a CSV file says: enough to act on, the rest is on its page of the admin site. */
export type FileReport = {
  readonly jobId: string;
  /** As its owner named it. */
  readonly fileName: string;
  /** 0 of a file that was refused as a whole. */
  readonly rows: number;
  readonly done: number;
  readonly failed: number;
  /** Rows that had nothing left to do. */
  readonly skipped: number;
  /** Rows that were not begun, because the file was stopped. */
  readonly stopped: number;
  /** Who stopped it, as the reader knows them; nobody where its own actor's revocation did. */
  readonly stoppedBy?: string;
  readonly bulkDownload: boolean;
  /** 0:00 JST of the day that the revocations were accepted for, ISO 8601. */
  readonly on?: string;
  /** The first causes, in the reader's language; all are `errors`. */
  readonly causes: readonly string[];
  readonly errors: number;
};

/** The facts of every mail about a file. */
export const fileFacts = ({ told, ...given }: ActGiven<FileReport>) => ({
  ...given,
  ...told,
  fileUrl: `${given.adminUrl}#/imports/${told.jobId}`,
});
export type FileFacts = ReturnType<typeof fileFacts>;

type Phrases = {
  /** The file and where it belongs. */
  readonly file: (facts: FileFacts, more?: readonly (readonly [string, string])[]) => Part;
  /** The same with what became of its rows; `done` names those that were done. */
  readonly rows: (facts: FileFacts, done: string) => Part;
  readonly page: (facts: FileFacts) => Part;
  readonly closing: (facts: FileFacts) => readonly Part[];
  /** The whole mail about a file that was stopped; `done` names the rows that were done. */
  readonly stopped: (facts: FileFacts, words: { done: string; again: string }) => readonly Part[];
  /** The whole mail about a file that was refused, or some of whose rows were. */
  readonly errors: (facts: FileFacts, words: { done: string; refused: string; partly: string }) => readonly Part[];
};

/** What the mails about CSV files share. */
export const filePhrases: Readonly<Record<Language, Phrases>> = {
  ja: {
    file: (facts, more = []) =>
      terms("CSVファイル", [
        ["ファイル名", facts.fileName],
        ...(facts.service === undefined ? [] : ([["サービス", facts.service]] as const)),
        ...(facts.organization === undefined ? [] : ([["組織", facts.organization]] as const)),
        ["操作をした方", facts.actedBy],
        ...more,
      ]),
    rows: (facts, done) =>
      filePhrases.ja.file(facts, [
        ["行数", `${grouped(facts.rows)} 行`],
        [done, `${grouped(facts.done)} 件`],
        ...(facts.skipped > 0 ? ([["処理の必要がなかった行", `${grouped(facts.skipped)} 件`]] as const) : []),
        ["エラー", `${grouped(facts.failed)} 件`],
        ...(facts.stopped > 0 ? ([["中止のため処理しなかった行", `${grouped(facts.stopped)} 件`]] as const) : []),
        ...(facts.on === undefined ? [] : ([["失効予定日", `${jstDate(facts.on)} 午前0時（日本時間）`]] as const)),
      ]),
    page: ({ fileUrl }) => link("CSV処理結果 URL（システム管理画面）", fileUrl),
    closing: (facts) => [...letter.ja.unexpected(facts), letter.ja.signature(facts)],
    stopped: (facts, { done, again }) => [
      letter.ja.greeting(facts),
      words(
        facts.rows === 0
          ? "CSVファイルの処理を中止しました。1件も処理していません。"
          : "CSVファイルの処理を中止しました。中止までに処理した行は、そのまま有効です。処理しなかった行の分のライセンスは、元に戻しました。",
      ),
      terms("中止", [
        facts.stoppedBy === undefined
          ? ["中止の理由", "操作をした管理者が失効されたため"]
          : ["中止した方", facts.stoppedBy],
      ]),
      facts.rows === 0 ? filePhrases.ja.file(facts) : filePhrases.ja.rows(facts, done),
      ...(facts.rows > 0 && facts.causes.length > 0 ? [heading("エラーの内容"), words(facts.causes.join("\n"))] : []),
      heading("ご確認いただきたいこと"),
      steps("「システム管理画面」を開き、処理した行と処理しなかった行をご確認ください。", again),
      filePhrases.ja.page(facts),
      ...filePhrases.ja.closing(facts),
    ],
    errors: (facts, { done, refused, partly }) => [
      letter.ja.greeting(facts),
      words(facts.rows === 0 ? refused : partly),
      facts.rows === 0 ? filePhrases.ja.file(facts) : filePhrases.ja.rows(facts, done),
      heading("エラーの内容"),
      words(facts.causes.join("\n")),
      ...(facts.errors > facts.causes.length
        ? [words(`ほか ${grouped(facts.errors - facts.causes.length)} 件は、「システム管理画面」でご確認ください。`)]
        : []),
      heading("ご確認いただきたいこと"),
      facts.rows === 0
        ? steps(
            "エラーの内容をもとに CSV ファイルを修正してください。",
            "修正した CSV ファイルを、もう一度登録（アップロード）してください。",
          )
        : steps(
            "エラーになった行をご確認ください。ほかの行の処理は完了しています。",
            "エラーになった行だけを、あらためて処理してください。",
          ),
      filePhrases.ja.page(facts),
      ...filePhrases.ja.closing(facts),
    ],
  },
  en: {
    file: (facts, more = []) =>
      terms("CSV file", [
        ["File name", facts.fileName],
        ...(facts.service === undefined ? [] : ([["Service", facts.service]] as const)),
        ...(facts.organization === undefined ? [] : ([["Organization", facts.organization]] as const)),
        ["Uploaded by", facts.actedBy],
        ...more,
      ]),
    rows: (facts, done) =>
      filePhrases.en.file(facts, [
        ["Rows", grouped(facts.rows)],
        [done, grouped(facts.done)],
        ...(facts.skipped > 0 ? ([["Nothing left to do", grouped(facts.skipped)]] as const) : []),
        ["Errors", grouped(facts.failed)],
        ...(facts.stopped > 0 ? ([["Not begun, because it was stopped", grouped(facts.stopped)]] as const) : []),
        ...(facts.on === undefined ? [] : ([["To be revoked on", `${jstDate(facts.on)} 0:00 (Japan time)`]] as const)),
      ]),
    page: ({ fileUrl }) => link("The file on the administration site", fileUrl),
    closing: (facts) => [...letter.en.unexpected(facts), letter.en.signature(facts)],
    stopped: (facts, { done, again }) => [
      letter.en.greeting(facts),
      words(
        facts.rows === 0
          ? "The CSV file was stopped. None of its rows was done."
          : "The CSV file was stopped. Rows that were done before stay done. The licences of the others are free again.",
      ),
      terms("The stop", [
        facts.stoppedBy === undefined
          ? ["Reason", "the administrator who uploaded the file was revoked"]
          : ["Stopped by", facts.stoppedBy],
      ]),
      facts.rows === 0 ? filePhrases.en.file(facts) : filePhrases.en.rows(facts, done),
      ...(facts.rows > 0 && facts.causes.length > 0 ? [heading("What was wrong"), words(facts.causes.join("\n"))] : []),
      heading("What to do"),
      steps("See on the administration site which rows were done and which were not.", again),
      filePhrases.en.page(facts),
      ...filePhrases.en.closing(facts),
    ],
    errors: (facts, { done, refused, partly }) => [
      letter.en.greeting(facts),
      words(facts.rows === 0 ? refused : partly),
      facts.rows === 0 ? filePhrases.en.file(facts) : filePhrases.en.rows(facts, done),
      heading("What was wrong"),
      words(facts.causes.join("\n")),
      ...(facts.errors > facts.causes.length
        ? [words(`${grouped(facts.errors - facts.causes.length)} more are listed on the administration site.`)]
        : []),
      heading("What to do"),
      facts.rows === 0
        ? steps("Correct the CSV file.", "Upload the corrected file again.")
        : steps(
            "Look at the rows with errors. All other rows are done.",
            "Handle the rows with errors once more, and only those.",
          ),
      filePhrases.en.page(facts),
      ...filePhrases.en.closing(facts),
    ],
  },
};
