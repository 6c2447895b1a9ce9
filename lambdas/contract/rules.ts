import type { Message } from "./language.ts";

/**
 * What a field's rule says when it refuses, by code: the page shows it at the field, the API answers
 * it in `errors[].message`, CSV errors print it. One wording for all. `{fact}` is filled from the fault's facts.
 */
export const fieldRules = {
  required: { ja: "入力してください。", en: "Please fill this in." },
  tooLong: {
    ja: "文字数が多すぎます（{count}文字）。{longest}文字以内で入力してください。",
    en: "This is too long ({count} characters). At most {longest} are allowed.",
  },
  mail: {
    ja: "メールアドレスの形式（例：taro@example.jp）で入力してください。「.」を先頭や末尾、「@」の直前に置くことや、続けて並べることはできません。",
    en: "Enter an e-mail address, such as taro@example.jp. A dot cannot stand first, last, right before the “@” or next to another dot.",
  },
  mailCharacter: {
    ja: "{place}文字目の{character}は使用できません。使用できるのは半角英数字と「.」「_」「-」、「@」1つです。",
    en: "Character {place}, {character}, cannot be used. Half-width letters, digits, “.”, “_”, “-” and one “@” are allowed.",
  },
  mailLocalTooLong: {
    ja: "「@」より前が長すぎます（{count}文字）。64文字以内のメールアドレスを入力してください。",
    en: "There are {count} characters before the “@”. At most 64 are allowed.",
  },
  mailLabelTooLong: {
    ja: "「@」より後ろで「.」に区切られた部分の1つが長すぎます（{count}文字）。63文字以内のメールアドレスを入力してください。",
    en: "A part of the domain, between dots, has {count} characters. At most 63 are allowed.",
  },
  mailDomainNumeric: {
    ja: "「@」より後ろの最後の部分が数字だけです。IPアドレスではなく、ドメイン名（例：example.jp）で入力してください。",
    en: "The last part of the domain is digits alone. Enter a domain name, such as example.jp, not an IP address.",
  },
  name: {
    ja: "{place}文字目の{character}は使用できません。使用できる半角記号は「.」「_」「-」のみです。",
    en: "Character {place}, {character}, cannot be used. Of half-width symbols only “.”, “_” and “-” are allowed.",
  },
  blanksTwice: {
    ja: "{place}文字目で空白が続いています。空白は1つにしてください。",
    en: "There are two blanks in a row at character {place}. Leave one of them.",
  },
  marksMany: {
    ja: "{place}文字目の{character}は使用できません。1つの文字に付けられる結合文字（濁点、アクセント記号など）は2つまでです。",
    en: "Character {place}, {character}, cannot be used. At most two combining marks, such as accents, may follow a letter.",
  },
  markAlone: {
    ja: "{place}文字目の{character}は使用できません。結合文字（濁点、アクセント記号など）は、文字のすぐ後に入力してください。",
    en: "Character {place}, {character}, cannot be used. A combining mark, such as an accent, must follow a letter.",
  },
  linkInName: {
    ja: "{place}文字目からの「{link}」は、メールでリンクとして表示されるため使用できません。「.」の後に空白を入れるか、「.」を削除してください。",
    en: "“{link}” at character {place} cannot be used, because mail programs show it as a link. Put a blank after the dot, or leave the dot out.",
  },
  kana: {
    ja: "{place}文字目の{character}は使用できません。カタカナで入力してください。",
    en: "Character {place}, {character}, cannot be used. Enter this in katakana.",
  },
  kanaFirst: {
    ja: "{character}で始めることはできません。カタカナで始めてください。",
    en: "This cannot begin with {character}. Begin with a katakana letter.",
  },
  english: {
    ja: "{place}文字目の{character}は使用できません。半角英数字で入力してください。使用できる記号は「.」「_」「-」のみです（例：O'Brien は OBrien）。",
    en: "Character {place}, {character}, cannot be used. Enter half-width letters and digits. Of symbols only “.”, “_” and “-” are allowed (O'Brien is OBrien).",
  },
  commonName: {
    ja: "氏名の英語表記は、姓・名と間の空白を合わせて64文字以内で入力してください。",
    en: "The English name must fit 64 characters, family name, blank and given name together.",
  },
  mailTaken: {
    ja: "{email} は、別の利用者のメールアドレスとして登録されています。別のメールアドレスを入力してください。",
    en: "{email} is another subscriber’s address. Enter another one.",
  },
  device: { ja: "利用デバイスを一覧から選択してください。", en: "Choose a device from the list." },
  devices: { ja: "利用デバイスを1つ以上選択してください。", en: "Choose at least one device." },
  deviceTwice: { ja: "同じ利用デバイスが2回指定されています。", en: "The same device is given twice." },
  moment: {
    ja: "yyyy/mm/dd または yyyy/mm/dd hh:mm の形式で入力してください。",
    en: "Enter yyyy/mm/dd or yyyy/mm/dd hh:mm.",
  },
  momentUnknown: {
    ja: "存在しない日時です。実在する日付と時刻を入力してください。",
    en: "There is no such date or time. Enter one that exists.",
  },
  dateOnly: { ja: "yyyy/mm/dd の形式で入力してください。", en: "Enter yyyy/mm/dd." },
  fromPast: { ja: "本日以降の日付を入力してください。", en: "Enter today or a later date." },
  toBeforeFrom: {
    ja: "証明書有効期限(To)は、現在および証明書有効期限(From)より後にしてください。",
    en: "The end of validity must be after now and after its beginning.",
  },
  toBeyondAuthority: {
    ja: "証明書有効期限(To)が認証局の有効期限（{end}）を超えています。それより前の日付を入力してください。",
    en: "The end of validity lies beyond the certification authority’s own ({end}). Enter an earlier date.",
  },
  spanReversed: {
    ja: "終わりの日付が、始めの日付より前です。始めの日付以降の日付を入力してください。",
    en: "The last day is before the first. Enter the first day or a later one.",
  },
  toRequired: { ja: "証明書有効期限(To)を入力してください。", en: "Enter the end of validity." },
  periodNotContracted: {
    ja: "このサービスでは証明書有効期限を指定できません。空欄にしてください。",
    en: "This service does not allow a validity period. Leave it empty.",
  },
  revokeOnTooEarly: {
    ja: "失効日は、明日以降の日付を指定してください。本日失効する場合は「ただちに、失効する」を選択してください。",
    en: "The day of revocation must be tomorrow or later. To revoke today, choose to revoke at once.",
  },
  revokeOnTooLate: {
    ja: "失効日は、本日から30日以内の日付を指定してください。",
    en: "The day of revocation must be within 30 days from today.",
  },
  cursor: {
    ja: "続きの位置が正しくありません。一覧を先頭から読み込み直してください。",
    en: "This is no place in the list. Read the list from its beginning.",
  },
  identifier: { ja: "識別子の形式が正しくありません。", en: "The identifier is malformed." },
  selection: {
    ja: "証明書を1件以上、100件以下で選択してください。",
    en: "Choose 1 to 100 certificates.",
  },
  reason: { ja: "失効理由を一覧から選択してください。", en: "Choose a reason from the list." },
  deviceCode: {
    ja: "デバイスコードは 01、11、12、20、99 のいずれかを入力してください。",
    en: "Enter one of the device codes 01, 11, 12, 20, 99.",
  },
  lineBreak: {
    ja: "値の中に改行を含めることはできません。改行を削除してください。",
    en: "A value must not contain a line break. Remove it.",
  },
  printable: {
    ja: "{place}文字目の{character}は使用できません。削除するか、別の文字に置き換えてください。",
    en: "Character {place}, {character}, cannot be used. Remove or replace it.",
  },
  organizationNotContracted: {
    ja: "このサービスでは Organization、OrganizationUnit を指定できません。空欄にしてください。",
    en: "This service does not allow Organization or OrganizationUnit to be chosen. Leave them empty.",
  },
  organizationNotAllowed: {
    ja: "このサービスでは Organization に「{organization}」を使用できません。空欄にするか、次のいずれかを入力してください：{allowed}",
    en: "This service does not allow the Organization “{organization}”. Leave it empty, or enter one of: {allowed}",
  },
  principalName: {
    ja: "プリンシパル名（例：taro@example.jp）の形式で入力してください。",
    en: "Enter a user principal name, such as taro@example.jp.",
  },
  principalNotContracted: {
    ja: "このサービスではプリンシパル名を指定できません。空欄にしてください。",
    en: "This service does not allow a principal name. Leave it empty.",
  },
  principalSuffixNotAllowed: {
    ja: "このサービスではプリンシパル名のサフィックス {suffix} を使用できません。使用できるサフィックス：{allowed}",
    en: "This service does not allow the principal name suffix {suffix}. Allowed: {allowed}",
  },
  principalSuffixesNotListed: {
    ja: "このサービスには、使用できるプリンシパル名のサフィックスが登録されていません。空欄にするか、サービス提供会社にお問い合わせください。",
    en: "This service has no suffixes for principal names yet. Leave this empty, or ask your service provider.",
  },
  domainOfAnother: {
    ja: "このサービスでは、ドメイン {domain} を使用できません。別のドメインの値を入力するか、サービス提供会社にお問い合わせください。",
    en: "The domain {domain} cannot be used in this service. Enter a value of another domain, or ask your service provider.",
  },
  installLimit: {
    ja: "0（制限なし）、1（どれかと一致）、2（すべてと一致）のいずれかを入力してください。",
    en: "Enter 0 (no limit), 1 (any matches) or 2 (all match).",
  },
  macAddress: {
    ja: "MACアドレスを12桁の16進数で入力してください。",
    en: "Enter a MAC address of 12 hexadecimal digits.",
  },
} as const satisfies Record<string, Message>;

/** The code of a rule; "invalid" (the refusal of fields) where nothing more is known of a value. */
export type FieldRule = keyof typeof fieldRules | "invalid";
export const isFieldRule = (code: string): code is FieldRule => Object.hasOwn(fieldRules, code) || code === "invalid";
