import type { ImportOperation } from "../../contract/imports.ts";
import { jstDate, jstTime } from "../../contract/jst.ts";
import { grouped, heading, type Part, steps, terms, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";

/** A file that was stopped together with its administrator. */
export type StoppedFile = {
  readonly jobId: string;
  readonly fileName: string;
  readonly operation: ImportOperation;
  /** 0 of a file that was not accepted yet. */
  readonly rows: number;
  /** What is being issued included. */
  readonly done: number;
  readonly stopped: number;
};

type Told = {
  /** The administrator's name, in the reader's language. */
  readonly name: string;
  readonly email: string;
  /** The first files; all are `fileCount`. */
  readonly files: readonly StoppedFile[];
  readonly fileCount: number;
  /** The day of each certificate's planned revocation, by its id: 0:00 JST, ISO 8601. */
  readonly plannedFor: Readonly<Record<string, string>>;
};

const operations = {
  ja: { register: "CSV一括登録", revoke: "CSV一括失効" },
  en: { register: "Register by CSV", revoke: "Revoke by CSV" },
} as const;

const fileJa = ({ fileName, operation, rows, done, stopped }: StoppedFile): Part =>
  terms(fileName, [
    ["処理", operations.ja[operation]],
    ...(rows === 0
      ? ([["結果", "受け付ける前に中止しました。1件も処理していません。"]] as const)
      : ([
          ["処理した行", `${grouped(done)} 行`],
          ["処理しなかった行", `${grouped(stopped)} 行`],
        ] as const)),
  ]);
const fileEn = ({ fileName, operation, rows, done, stopped }: StoppedFile): Part =>
  terms(fileName, [
    ["Operation", operations.en[operation]],
    ...(rows === 0
      ? ([["Result", "stopped before it was accepted: none of its rows was done"]] as const)
      : ([
          ["Rows done", grouped(done)],
          ["Rows not done", grouped(stopped)],
        ] as const)),
  ]);

/** An administrator was revoked: what was stopped with them, and what they have planned and still stands. */
export const administratorRevoked = administratorsMail({
  facts: ({ told, certificates, ...given }: ActGiven<Told>) => ({
    ...given,
    ...told,
    certificates: certificates.map((one) => {
      const on = told.plannedFor[one.certificateId];
      return { ...one, plannedFor: on === undefined ? "" : jstDate(on) };
    }),
  }),
  ja: {
    subject: "管理者の失効に関するお知らせ",
    body: (facts) => [
      letter.ja.greeting(facts),
      words("次の管理者を失効しました。この管理者は、システム管理画面を利用できません。"),
      terms("管理者", [
        ["氏名", facts.name],
        ["メールアドレス", facts.email],
        ["操作をした方", facts.actedBy],
        ["日時", `${jstTime(facts.at)}（日本時間）`],
      ]),
      ...(facts.fileCount === 0
        ? []
        : [
            heading("中止したファイル"),
            words(
              `この管理者が登録（アップロード）した CSV ファイル ${grouped(facts.fileCount)} 件の処理を中止しました。中止までに処理した行は、そのまま有効です。処理しなかった行の分のライセンスは、元に戻ります。`,
            ),
            ...facts.files.map(fileJa),
            ...(facts.fileCount > facts.files.length
              ? [words(`ほか ${grouped(facts.fileCount - facts.files.length)} 件は、「CSV処理状況」でご確認ください。`)]
              : []),
          ]),
      ...(facts.count === 0
        ? []
        : [
            heading("取り消されていない失効予定"),
            words(
              `この管理者が受け付けた失効予定 ${grouped(facts.count)} 件は、取り消されていません。予定日の午前0時（日本時間）に失効します。`,
            ),
            ...facts.certificates.map((one) => letter.ja.listed(one, [["失効予定日", one.plannedFor]])),
            ...letter.ja.others(facts),
          ]),
      heading("ご確認いただきたいこと"),
      steps(
        facts.fileCount === 0
          ? "処理中のファイルはありませんでした。お手続きは不要です。"
          : "「システム管理画面」の「CSV処理状況」で結果をご確認ください。必要な行は、その行だけの CSV ファイルをあらためて登録（アップロード）してください。",
        facts.count === 0
          ? "この管理者による失効予定はありません。お手続きは不要です。"
          : "不要な失効予定は、予定日の前日までに、「システム管理画面」の利用者一覧で証明書を選び、取り消してください。",
      ),
      letter.ja.adminSite(facts),
      ...letter.ja.unexpected(facts),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "An administrator was revoked",
    body: (facts) => [
      letter.en.greeting(facts),
      words("The administrator below was revoked and can no longer use the administration site."),
      terms("Administrator", [
        ["Name", facts.name],
        ["E-mail address", facts.email],
        ["Done by", facts.actedBy],
        ["At", `${jstTime(facts.at)} (Japan time)`],
      ]),
      ...(facts.fileCount === 0
        ? []
        : [
            heading("Files that were stopped"),
            words(
              `CSV files that this administrator had uploaded were stopped (${grouped(facts.fileCount)}). Rows that were done stay done. The licences of the others are free again.`,
            ),
            ...facts.files.map(fileEn),
            ...(facts.fileCount > facts.files.length
              ? [words(`${grouped(facts.fileCount - facts.files.length)} more are listed under “CSV progress”.`)]
              : []),
          ]),
      ...(facts.count === 0
        ? []
        : [
            heading("Planned revocations that still stand"),
            words(
              `Revocations that this administrator had planned were not cancelled (${grouped(facts.count)}). They will be done at 0:00 of their day, Japan time.`,
            ),
            ...facts.certificates.map((one) => letter.en.listed(one, [["To be revoked on", one.plannedFor]])),
            ...letter.en.others(facts),
          ]),
      heading("What to do"),
      steps(
        facts.fileCount === 0
          ? "No file of theirs was in progress: there is nothing to do."
          : "See the results under “CSV progress” on the administration site. If rows that were not done are needed, upload a file of those rows alone.",
        facts.count === 0
          ? "They had planned no revocations: there is nothing to do."
          : "Cancel a revocation that is not wanted before its day: choose the certificate in the list of subscribers on the administration site.",
      ),
      letter.en.adminSite(facts),
      ...letter.en.unexpected(facts),
      letter.en.signature(facts),
    ],
  },
});
