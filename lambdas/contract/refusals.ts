import type { Message } from "./language.ts";

type RefusalMessage = Message & { readonly status: number };

/**
 * Every refusal that a caller may receive, with its HTTP status, in Japanese and English; `{fact}` is
 * filled from the refusal's facts. Anything else that is thrown is a fault of ours.
 */
export const refusals = {
  unauthenticated: {
    status: 403,
    ja: "この電子証明書ではログインできません。有効な管理者用電子証明書を選択してください。",
    en: "This certificate does not open the site. Choose a valid administrator’s certificate.",
  },
  forgery: {
    status: 403,
    ja: "管理画面以外からの操作と判断されたため、受け付けませんでした。管理画面を開き直してやり直してください。",
    en: "The request did not come from the admin site and was not accepted. Reload the site and try again.",
  },
  // Missing or somebody else's: the answer is the same, and names nothing.
  notFound: {
    status: 404,
    ja: "指定された対象は存在しないか、操作できません。一覧を更新して、選び直してください。",
    en: "There is no such thing here. Refresh the list and choose from it.",
  },
  invalid: { status: 400, ja: "入力内容に誤りがあります。", en: "Some values are not right." },
  malformed: {
    status: 400,
    ja: "リクエスト本文をJSONとして読み取れません。api/openapi.json に記載された形式のJSONを送信してください。",
    en: "The request’s body is not JSON. Send it as api/openapi.json describes it.",
  },
  bodyTooLarge: {
    status: 413,
    ja: "リクエスト本文が大きすぎます（{octets}バイト）。{limit}バイト以内で送信してください。",
    en: "The request’s body has {octets} octets. At most {limit} are allowed.",
  },
  issuingNotAllowed: {
    status: 403,
    ja: "このサービスでは利用者の追加が許可されていません。サービス提供会社にお問い合わせください。",
    en: "This service does not allow adding subscribers. Ask your service provider.",
  },
  bulkDownloadNotAllowed: {
    status: 403,
    ja: "このサービスでは、管理者による一括ダウンロードを使用できません（使用できるメールアドレスのドメインが登録されていません）。利用者へメールを送る方法で登録するか、サービス提供会社にお問い合わせください。",
    en: "This service does not allow bulk download, because no mail domains are listed for it. Let the mails go to the subscribers, or ask your service provider.",
  },
  mailDomainNotAllowed: {
    status: 400,
    ja: "このサービスではメールアドレスのドメイン {domain} を使用できません。使用できるドメイン：{allowed}",
    en: "This service does not allow the mail domain {domain}. Allowed: {allowed}",
  },
  subscriberDiffers: {
    status: 409,
    ja: "このメールアドレスは別の氏名で登録されています（登録済み：{stored}　入力：{given}）。氏名をそろえるか、別のメールアドレスを入力してください。",
    en: "This mail address is registered under another name (registered: {stored}; entered: {given}). Enter the same name, or another address.",
  },
  otherOrganization: {
    status: 409,
    ja: "代表メールアドレス {email} の利用者は、別の組織に登録されています。登録されている組織の一覧から操作してください。",
    en: "The subscriber with the contact address {email} belongs to another organization. Work from that organization’s list.",
  },
  slotTaken: {
    status: 409,
    ja: "{email} の利用デバイス {device} には、証明書がすでに登録されています。案内メールが届いていない場合は、一覧から案内メールを再送してください。別の証明書が必要な場合は、別のメールアドレスで登録してください。",
    en: "{email} already has a certificate for the device {device}. If its mails did not arrive, send them again from the list. For another certificate, register another mail address.",
  },
  editIssuing: {
    status: 409,
    ja: "発行中の証明書があるため、まだ編集できません。発行が完了してからやり直してください。",
    en: "A certificate of this subscriber is being issued, so nothing can be edited yet. Try again when it is issued.",
  },
  editTooMany: {
    status: 409,
    ja: "この利用者の証明書は {count} 枚あり、一度に編集できる {most} 枚を超えています。サービス提供会社にお問い合わせください。",
    en: "This subscriber has {count} certificates, more than the {most} that can be edited together. Ask your service provider.",
  },
  licencesExceeded: {
    status: 409,
    ja: "ライセンス数が不足しています（契約 {licences}、使用中 {used}、今回 {wanted}）。登録は行われていません。ライセンスの追加は、サービス提供会社にお問い合わせください。",
    en: "Not enough licences (contracted {licences}, in use {used}, wanted {wanted}). Nothing was registered. Ask your service provider for more.",
  },
  idempotencyReuse: {
    status: 409,
    ja: "同じ Idempotency-Key が別の内容のリクエストに使われています。新しい内容には新しい Idempotency-Key を付けてください。",
    en: "The same Idempotency-Key was used for another request. Give a new request a new key.",
  },
  idempotencyMissing: {
    status: 400,
    ja: "Idempotency-Key ヘッダー（半角英数字・「_」「-」、8～64文字）が必要です。",
    en: "An Idempotency-Key header is needed (8 to 64 letters, digits, “_” or “-”).",
  },
  changedMeanwhile: {
    status: 409,
    ja: "ほかの操作によって状態が変わりました。最新の状態を確認して、やり直してください。",
    en: "Somebody else changed this meanwhile. Look at its present state and try again.",
  },
  stillIssuing: {
    status: 409,
    ja: "発行中の証明書はまだ失効できません。発行が完了してからやり直してください。",
    en: "A certificate that is being issued cannot be revoked yet. Try again when it is issued.",
  },
  notLive: {
    status: 409,
    ja: "この証明書は、発行に失敗したか、すでに失効しているため、失効できません。一覧を更新して、最新の状態を確認してください。",
    en: "This certificate was never issued or is revoked already, so it cannot be revoked. Refresh the list and look at its present state.",
  },
  resendIssuing: {
    status: 409,
    ja: "発行中のため、案内メールはまだ再送できません。発行が完了すると、案内メールが送信されます。",
    en: "The certificate is being issued: its mails cannot be sent again yet. They go out when it is issued.",
  },
  resendFailed: {
    status: 409,
    ja: "発行エラーのため証明書が発行されておらず、案内メールを再送できません。サービス提供会社にお問い合わせください。",
    en: "The certificate could not be issued, so there are no mails to send again. Ask your service provider.",
  },
  resendRevoked: {
    status: 409,
    ja: "失効しているため、案内メールを再送できません。",
    en: "The certificate is revoked: its mails cannot be sent again.",
  },
  resendExpired: {
    status: 409,
    ja: "有効期限が切れているため、案内メールを再送できません。",
    en: "The certificate has expired: its mails cannot be sent again.",
  },
  resendKeyDestroyed: {
    status: 409,
    ja: "ダウンロードできる期間が過ぎ、秘密の鍵が破棄されているため、案内メールを再送できません。新しい証明書が必要な場合は、別のメールアドレスで登録してください。",
    en: "The time for downloading is over and the private key was destroyed: the mails cannot be sent again. For a new certificate, register another mail address.",
  },
  revocationNotPlanned: {
    status: 409,
    ja: "この証明書には、失効の予定がありません。一覧を更新して、最新の状態を確認してください。",
    en: "No revocation of this certificate is planned. Refresh the list and look at its present state.",
  },
  signInFailed: {
    status: 403,
    ja: "IDまたはパスワードが正しくないか、証明書をダウンロードできない状態です。",
    en: "The ID or the password is not right, or the certificate cannot be downloaded.",
  },
  certificateRevoked: {
    status: 403,
    ja: "この証明書は失効されているため、ダウンロードできません。利用者の方は管理者に、管理者の方はサービス提供会社にお問い合わせください。",
    en: "The certificate was revoked and can no longer be downloaded. Ask your administrator; if you are one, ask your service provider.",
  },
  certificateExpired: {
    status: 403,
    ja: "証明書の有効期限が切れているため、ダウンロードできません。利用者の方は管理者に、管理者の方はサービス提供会社にお問い合わせください。",
    en: "The certificate has expired and can no longer be downloaded. Ask your administrator; if you are one, ask your service provider.",
  },
  tooManyTries: {
    status: 429,
    ja: "連続してログインに失敗したため、一時的に受け付けていません。{seconds} 秒後にやり直してください。",
    en: "Too many failed tries. Try again in {seconds} seconds.",
  },
  noticeUnknown: {
    status: 404,
    ja: "このリンクは無効か、表示期限を過ぎています。案内メールの再送を、利用者の方は管理者に、管理者の方はサービス提供会社に依頼してください。",
    en: "This link is not valid, or its time is over. Ask your administrator to send the mail again; if you are one, ask your service provider.",
  },
  noticeReplaced: {
    status: 410,
    ja: "案内メールが再送されたため、このリンクは使用できません。最新の案内メールのリンクを開いてください。",
    en: "The mails were sent again, so this link no longer works. Open the link in the latest mail.",
  },
  keyDestroyed: {
    status: 409,
    ja: "ダウンロードできる期間を過ぎたため、秘密の鍵は破棄されました。利用者の方は管理者に、管理者の方はサービス提供会社にお問い合わせください。",
    en: "The time for downloading is over and the private key was destroyed. Ask your administrator; if you are one, ask your service provider.",
  },
  actorRevoked: {
    status: 403,
    ja: "操作をした管理者が失効されたため、処理しませんでした。必要な場合は、ほかの管理者があらためて操作してください。",
    en: "The administrator who asked for this has been revoked, so it was not done. If it is needed, another administrator can ask for it.",
  },
  fileEnded: {
    status: 409,
    ja: "このファイルの処理は、すでに終わっています。画面を更新して、結果を確認してください。",
    en: "This file has ended already. Refresh the page to see its result.",
  },
  packageMissing: {
    status: 409,
    ja: "一括ダウンロード用のファイルは、まだ作成されていないか、保存期間（7日間）を過ぎています。作成中の場合は、完了の通知メールが届いてからやり直してください。期間を過ぎた場合は、サービス提供会社にお問い合わせください。",
    en: "The package for downloading is not made yet, or its 7 days are over. If it is being made, try again after the mail that announces it; if its time is over, ask your service provider.",
  },
  exists: {
    status: 409,
    ja: "メールアドレス {email} の管理者は、すでに登録されています（{administrator}）。",
    en: "{email} is the address of an administrator already ({administrator}).",
  },
  operatorIdentity: {
    status: 403,
    ja: "操作をした方を AWS で確認できませんでした。{detail}",
    en: "{detail}",
  },
  usage: { status: 400, ja: "使い方が正しくありません。{detail}", en: "{detail}" },
} as const satisfies Record<string, RefusalMessage>;

export type RefusalKind = keyof typeof refusals;
export const isRefusal = (code: string): code is RefusalKind => Object.hasOwn(refusals, code);
