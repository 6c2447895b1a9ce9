import { texts } from "../../shared/texts.ts";

/** Words of the fields that a certificate has beside its device. */
export const optionWords = texts({
  ja: {
    fields: {
      certificateEmail: "サブメールアドレス",
      from: "証明書有効期限(From)",
      to: "証明書有効期限(To)",
      organization: "Organization",
      unit1: "OrganizationUnit1",
      unit2: "OrganizationUnit2",
    },
    /** In a table of what will be registered. */
    certificateEmail: "証明書メールアドレス",
    addMail: "サブメールの追加",
    removeMail: "サブメールの削除",
    mailAdvice: "このデバイスの証明書に記載し、案内メールを送るアドレスです。",
    date: { from: "形式：yyyy/mm/dd（空欄は発行日時から）", to: "形式：yyyy/mm/dd" },
    moment: { from: "形式：yyyy/mm/dd hh:mm（空欄は発行日時から）", to: "形式：yyyy/mm/dd hh:mm" },
    unitAdvice: "空欄にできます（64文字まで）",
    fromIssue: "発行日時",
  },
  en: {
    fields: {
      certificateEmail: "Device e-mail address",
      from: "Valid from",
      to: "Valid until",
      organization: "Organization (O)",
      unit1: "Organizational unit 1 (OU)",
      unit2: "Organizational unit 2 (OU)",
    },
    certificateEmail: "Certificate e-mail",
    addMail: "Add a device e-mail address",
    removeMail: "Remove the device e-mail address",
    mailAdvice: "It goes into this device’s certificate, and the installation mails are sent to it.",
    date: { from: "Format: yyyy/mm/dd (empty: from issuance)", to: "Format: yyyy/mm/dd" },
    moment: {
      from: "Format: yyyy/mm/dd hh:mm, Japan time (empty: from issuance)",
      to: "Format: yyyy/mm/dd hh:mm, Japan time",
    },
    unitAdvice: "May be empty (at most 64 characters)",
    fromIssue: "When issued",
  },
});
