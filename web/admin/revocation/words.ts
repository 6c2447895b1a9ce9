import { type Phrases, texts } from "../../shared/texts.ts";

/** 「3件の」; nothing of a single one. */
const many = (count: number): string => (count === 1 ? "" : `${count}件の`);

/** Words of the revocation window. */
export const revocationWords = texts({
  ja: {
    title: "利用者証明書一括失効",
    check: "失効する証明書をご確認ください。",
    skipped: {
      issuing: "発行中のため、失効の対象外です",
      failed: "発行されていないため、失効の対象外です",
      revoked: "失効済みのため、失効の対象外です",
    },
    noneLeft: "失効できる証明書がありません。一覧を更新して、最新の状態をご確認ください。",
    name: ["利用者名"],
    status: ["証明書", "ステータス"],
    commonName: ["コモンネーム"],
    serialNumber: ["シリアルナンバー"],
    notBefore: ["証明有効", "開始日"],
    notAfter: ["証明有効", "終了日"],
    both: (first: Phrases, second: Phrases): Phrases => [`${first.join("")}・`, second.join("")],
    certificateEmail: ["証明書", "メールアドレス"],
    device: ["デバイス", "種別"],
    reason: "失効理由（任意）",
    reasonShort: "失効理由",
    reasonAdvice: "失効理由は失効リスト（CRL）に記載され、公開されます。",
    when: "失効日",
    actions: {
      now: "ただちに、失効する",
      day: "日付を指定して、失効する",
      cancel: "失効予定を取り消す",
    },
    actionAdvice: {
      now: "確認後すぐに失効します。",
      day: "指定した日の午前0時（日本時間）に失効します。失効予定がある場合は、新しい日付に変わります。",
      cancel: "失効せずに、引き続き使用できるようにします。",
    },
    day: "失効する日",
    openCalendar: "カレンダーから日付を選択",
    dayAdvice: (first: string, last: string) => `${first} から ${last} までの日付を指定できます。`,
    chosen: (count: number) => `対象の証明書（${count}件）`,
    result: ["結果"],
    waiting: "未処理",
    sending: "処理中",
    succeeded: "完了",
    someRefused: (refused: number, all: number) => `${all}件のうち${refused}件を処理できませんでした。`,
    someRefusedAdvice: "理由は「結果」の欄をご確認ください。ほかの証明書の処理は完了しています。",
    allRefusedAdvice: "理由は「結果」の欄をご確認ください。",
    repeatAdvice: "［OK］を押すと、完了していない証明書だけをもう一度処理します。",
    what: {
      now: () => "ただちに失効します",
      day: (day: string) => `${day} の午前0時（日本時間）に失効します`,
      cancel: () => "失効予定を取り消します",
    },
    truth: {
      now: [
        "失効は［OK］を押すとすぐに行われ、1分以内に失効リスト（CRL）へ記載されます。",
        "失効した証明書は元に戻せません。再び利用するには、新しい証明書が必要です。",
      ],
      day: [
        "それまでは引き続き使用でき、日付の変更や取り消しもできます。失効リスト（CRL）へは、その日の午前0時5分までに記載されます。",
        "失効した証明書は元に戻せません。再び利用するには、新しい証明書が必要です。",
      ],
      cancel: ["証明書は失効せず、引き続き使用できます。必要になったときは、あらためて失効してください。"],
    },
    question: {
      now: () => "選択された証明書を失効します。対象として選択した証明書は即座に失効します。実行してもよろしいですか？",
      day: (day: string) =>
        `選択された証明書の失効を予約します。対象として選択した証明書は ${day} の午前0時（日本時間）に失効します。実行してもよろしいですか？`,
      cancel: () =>
        "選択された証明書の失効予定を取り消します。対象として選択した証明書は失効しません。実行してもよろしいですか？",
    },
    cancel: "キャンセル",
    confirm: "確認",
    back: "戻る",
    ok: "OK",
    close: "閉じる",
    done: {
      now: (count: number) => `${many(count)}証明書を失効しました。`,
      day: (count: number, day: string) => `${many(count)}証明書について、${day} の失効を受け付けました。`,
      cancel: (count: number) => `${many(count)}証明書の失効予定を取り消しました。`,
    },
    doneAdvice: {
      now: "1分以内に失効リスト（CRL）へ記載されます。",
      day: "その日の午前0時（日本時間）に失効します。それまでは、一覧から日付の変更や取り消しができます。",
      cancel: "証明書は引き続き使用できます。",
    },
    revokeOn: "失効予定日",
    revokedAt: "失効日時",
  },
  en: {
    title: "Revoke certificates",
    check: "Check the certificates to be revoked.",
    skipped: {
      issuing: "Left out: it is being issued",
      failed: "Left out: it was never issued",
      revoked: "Left out: it is revoked already",
    },
    noneLeft: "None of these can be revoked. Refresh the list and look at their present state.",
    name: ["Name"],
    status: ["Certificate ", "status"],
    commonName: ["Common name"],
    serialNumber: ["Serial number"],
    notBefore: ["Valid from"],
    notAfter: ["Valid until"],
    both: (first, second) => [`${first.join("")} / `, second.join("")],
    certificateEmail: ["Certificate ", "e-mail"],
    device: ["Device"],
    reason: "Reason (optional)",
    reasonShort: "Reason",
    reasonAdvice: "The reason is published in the certificate revocation list (CRL).",
    when: "When",
    actions: {
      now: "Revoke immediately",
      day: "Revoke on a day",
      cancel: "Cancel the planned revocation",
    },
    actionAdvice: {
      now: "As soon as you have confirmed it.",
      day: "At 0:00 of that day, Japan time. A revocation that is planned already moves to the new day.",
      cancel: "The certificate is not revoked and can be used on.",
    },
    day: "Day of revocation",
    openCalendar: "Choose a day from the calendar",
    dayAdvice: (first, last) => `From ${first} to ${last}.`,
    chosen: (count) => `Certificates (${count})`,
    result: ["Result"],
    waiting: "Not yet",
    sending: "Under way",
    succeeded: "Done",
    someRefused: (refused, all) => `${refused} of ${all} could not be done.`,
    someRefusedAdvice: "The column “Result” tells why. The others are done.",
    allRefusedAdvice: "The column “Result” tells why.",
    repeatAdvice: "OK tries again what is not done, and nothing else.",
    what: {
      now: () => "Revoked immediately",
      day: (day) => `Revoked on ${day} at 0:00, Japan time`,
      cancel: () => "The planned revocation is cancelled",
    },
    truth: {
      now: [
        "The certificate is revoked as soon as you choose OK, and is on the revocation list (CRL) within a minute.",
        "This cannot be undone. To go on, the subscriber needs a new certificate.",
      ],
      day: [
        "Until then it can be used, and the day can be changed or cancelled. It is on the revocation list (CRL) by 0:05 of that day.",
        "A revocation cannot be undone. To go on, the subscriber needs a new certificate.",
      ],
      cancel: ["The certificate is not revoked and can be used on. It can be revoked again at any time."],
    },
    question: {
      now: () => "The selected certificates will be revoked immediately. Do you want to go ahead?",
      day: (day) => `The selected certificates will be revoked on ${day} at 0:00, Japan time. Do you want to go ahead?`,
      cancel: () =>
        "The planned revocation will be cancelled: the selected certificates will not be revoked. Do you want to go ahead?",
    },
    cancel: "Cancel",
    confirm: "Continue",
    back: "Back",
    ok: "OK",
    close: "Close",
    done: {
      now: (count) => (count === 1 ? "The certificate is revoked." : `${count} certificates are revoked.`),
      day: (count, day) =>
        `The revocation ${count === 1 ? "of the certificate" : `of ${count} certificates`} on ${day} is accepted.`,
      cancel: (count) =>
        count === 1 ? "The planned revocation is cancelled." : `${count} planned revocations are cancelled.`,
    },
    doneAdvice: {
      now: "It will be on the revocation list (CRL) within a minute.",
      day: "It happens at 0:00 of that day, Japan time. Until then the list lets you change the day or cancel.",
      cancel: "The certificate can be used on.",
    },
    revokeOn: "Will be revoked on",
    revokedAt: "Revoked at",
  },
});
