import { deviceNames } from "../../contract/device-names.ts";
import type { RevocationReason } from "../../contract/shapes.ts";
import type { ListedCertificate } from "./facts.ts";
import { japanDate } from "./japan-time.ts";
import { signature, terms, words } from "./layout.ts";

/** What the Japanese mails share. */
export type Addressed = { readonly brand: string; readonly recipientName: string; readonly companyName: string };
export const devices = deviceNames.ja;
export const reasons: Readonly<Record<RevocationReason, string>> = {
  unspecified: "指定なし",
  keyCompromise: "鍵の危殆化（端末の紛失・盗難、秘密鍵の漏えいなど）",
  affiliationChanged: "所属・登録内容の変更",
  superseded: "新しい証明書への置き換え",
  cessationOfOperation: "利用の終了",
  privilegeWithdrawn: "利用資格の取り消し",
};

export const greeting = ({ companyName, recipientName }: Addressed) => words(`${companyName}\n${recipientName} 様`);

export const sender = ({ brand }: Addressed) => signature(brand, "このメールは、システムから自動的に送信しています。");

/** One certificate as a titled list; `more` is added below. */
export const listed = (one: ListedCertificate, more: readonly (readonly [string, string])[] = []) =>
  terms(`${one.name} 様`, [
    ["コモンネーム", one.commonName],
    ["シリアルナンバー", one.serialNumber],
    ["証明書メールアドレス", one.certificateEmail],
    ["デバイス種別", devices[one.device]],
    ["証明有効終了日", japanDate(one.notAfter)],
    ...more,
  ]);
