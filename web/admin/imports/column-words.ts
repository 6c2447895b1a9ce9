import type { ImportColumnKey, importLayoutOf } from "../../../lambdas/contract/import-layouts.ts";
import type { ImportOperation } from "../../../lambdas/contract/imports.ts";
import { texts } from "../../shared/texts.ts";

type Advice = { readonly [O in ImportOperation]: Readonly<Record<ColumnOf<O>, string>> };
type ColumnOf<O extends ImportOperation> = ReturnType<(typeof importLayoutOf)[O]>["columns"][number];

/** 説明: what each column of each operation's files is for, and what its cells may hold. */
export const columnWords = texts<{
  readonly advice: Advice;
  readonly devices: (codes: string) => string;
  /** Of a column that this service may not fill in. */
  readonly closed: string;
  /** The form of a date where days alone, or times too, are contracted. */
  readonly forms: Readonly<Record<"date" | "time", string>>;
}>({
  ja: {
    advice: {
      register: {
        primaryEmail: "利用者のメールアドレスです。同じアドレスの行は、同じ利用者の証明書として登録されます。",
        familyName: "使用できる半角記号は「.」「_」「-」のみです。",
        givenName: "使用できる半角記号は「.」「_」「-」のみです。",
        familyNameKana: "ひらがなと半角カナは、全角カタカナに変換されます。",
        givenNameKana: "ひらがなと半角カナは、全角カタカナに変換されます。",
        familyNameEnglish:
          "半角英数字で入力します。証明書に記載されます。使用できる記号は「.」「_」「-」のみです（O'Brien は OBrien）。",
        givenNameEnglish: "項目6と同じです。姓・名と間の空白を合わせて64文字まで入力できます。",
        certificateEmail:
          "通常は代表メールアドレスと同じものを入力します。スマートフォンなどで別のアドレスを使用する場合は、そのアドレスを入力します。証明書に記載され、インストールのご案内もこのアドレスに届きます。",
        organization:
          "証明書のサブジェクトの O です。空欄の場合は、利用法人会社名（英語表記）になります。使用できる値は、サービスに登録されたものだけです。",
        unit1: "証明書のサブジェクトの OU です。空欄にできます。",
        unit2: "証明書のサブジェクトの2つ目の OU です。空欄にできます。",
        device: "利用するデバイスのコードです。1 は 01 として読み取ります。",
        from: "証明書の開始日です。空欄の場合は発行日時から有効です。",
        to: "証明書の終了日です。日付だけの場合は、その日の23:59:59まで有効です。",
        linkId: "入力の必要はありません。サービス提供会社が使用する項目です。",
        principalName: "スマートカードログオンに使用するユーザー・プリンシパル名（UPN）です。",
      },
      revoke: {
        primaryEmail: "証明書を登録したときの代表メールアドレスです。",
        certificateEmail: "証明書に記載されているメールアドレスです（一覧の「証明書メールアドレス」）。",
        device: "失効する証明書のデバイスのコードです。1 は 01 として読み取ります。",
      },
    },
    devices: (codes) => `デバイスコード：${codes}`,
    closed: "このサービスでは使用しません。",
    forms: { date: "形式：yyyy/mm/dd（日本時間）", time: "形式：yyyy/mm/dd hh:mm または yyyy/mm/dd（日本時間）" },
  },
  en: {
    advice: {
      register: {
        primaryEmail: "The subscriber’s mail address. Rows of one address are certificates of one subscriber.",
        familyName: "Of half-width symbols only “.”, “_” and “-” are allowed.",
        givenName: "Of half-width symbols only “.”, “_” and “-” are allowed.",
        familyNameKana: "Hiragana and half-width kana become full-width katakana.",
        givenNameKana: "Hiragana and half-width kana become full-width katakana.",
        familyNameEnglish:
          "Half-width letters and digits; it goes into the certificate. Of symbols only “.”, “_” and “-” are allowed (O'Brien is OBrien).",
        givenNameEnglish: "As column 6. Both names and the blank between them may have 64 characters.",
        certificateEmail:
          "Usually the contact address. Where the device uses another address, enter that one. It goes into the certificate, and the installation mails go there.",
        organization:
          "The O of the certificate’s subject. Left empty, it is the company’s English name. Only values that are listed for the service are allowed.",
        unit1: "The OU of the certificate’s subject. It may be empty.",
        unit2: "The second OU of the certificate’s subject. It may be empty.",
        device: "The code of the device. 1 is read as 01.",
        from: "When the certificate begins. Left empty, it is valid from its issuance.",
        to: "When the certificate ends. A date alone is valid to 23:59:59 of that day.",
        linkId: "You need not fill this in: it is the service provider’s.",
        principalName: "The user principal name (UPN) for smart-card logon.",
      },
      revoke: {
        primaryEmail: "The contact address that the certificate was registered with.",
        certificateEmail: "The address in the certificate, as the list shows it.",
        device: "The device code of the certificate to revoke. 1 is read as 01.",
      },
    },
    devices: (codes) => `Device codes: ${codes}`,
    closed: "Not used in this service.",
    forms: { date: "yyyy/mm/dd, Japan time", time: "yyyy/mm/dd hh:mm or yyyy/mm/dd, Japan time" },
  },
});

/** The advice of a column; nothing of one that the operation's files do not have. */
export function adviceOf(advice: Advice, operation: ImportOperation, key: ImportColumnKey): string {
  const ofColumns: Readonly<Partial<Record<ImportColumnKey, string>>> = advice[operation];
  return ofColumns[key] ?? "";
}
