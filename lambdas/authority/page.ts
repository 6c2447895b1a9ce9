import { readCertificate } from "../pki/certificate.ts";
import type { Crl } from "../pki/crl-reader.ts";
import type { Authority } from "./authority.ts";
import { repositoryKeys } from "./repository.ts";
import { serverExamples } from "./server-examples.ts";

/** An authority, and of its CRL what the page says; undefined before the first one is published. */
export type ShownAuthority = Authority & {
  readonly crl: Pick<Crl, "number" | "thisUpdate" | "nextUpdate"> | undefined;
};

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
/** `AB:CD:…`, as macOS, iOS, Firefox and openssl show it. */
const pairs = (hex: string) => (hex.match(/../g) ?? []).join(":").toUpperCase();
/** `ABCDEF01 23456789 …`, as Windows shows a thumbprint in its warning before a root is installed. */
const groups = (hex: string) => (hex.match(/.{8}/g) ?? []).join(" ").toUpperCase();
const moment = new Intl.DateTimeFormat("ja-JP", { dateStyle: "medium", timeStyle: "medium", timeZone: "Asia/Tokyo" });
const at = (instant: Date) => moment.format(instant);

const list = (rows: readonly (readonly [string, string])[]) =>
  `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join("\n")}</dl>`;
const file = (key: string) => `<a href="/${key}">${key.replace(/.*\//, "")}</a>`;

function authoritySection({ name, certificate, crl }: ShownAuthority): string {
  const read = readCertificate(certificate);
  return `<section><h2>${escaped(read.subject.replace(/,.*/, "").replace("CN=", ""))}</h2>
${list([
  ["証明書シリアル番号 / Serial number", pairs(read.serialNumber)],
  ["認証局DN / Subject", escaped(read.subject)],
  ["証明書有効期間 (JST) / Validity", `${at(read.notBefore)} – ${at(read.notAfter)}`],
  ["フィンガープリント (SHA-1)", `${pairs(read.sha1)}<br>Windows: ${groups(read.sha1)}`],
  ["フィンガープリント (SHA-256)", pairs(read.sha256)],
  ["機関キー識別子 (KeyID)", pairs(read.keyId ?? "")],
  ["証明書 / Certificate (DER)", file(repositoryKeys.certificate(name))],
  ["失効リスト / CRL (DER)", file(repositoryKeys.crl(name))],
  ...(crl === undefined
    ? []
    : ([
        ["失効リスト番号 / CRL number", String(crl.number)],
        ["失効リスト発行日時 (JST) / thisUpdate", at(crl.thisUpdate)],
        ["失効リスト次回発行期限 (JST) / nextUpdate", at(crl.nextUpdate)],
      ] as const)),
])}</section>`;
}

/** What a server needs that lets subscribers in, and how to use it. */
const serverSection = `<section><h2>サーバーを運用される方へ / For those who run servers</h2>
<p>利用者証明書で接続を許可するサーバー（Web サーバー、VPN 装置など）には、次の 2 つのファイルをご利用ください。</p>
<p lang="en">Servers that let subscribers in need these two files.</p>
${list([
  [
    "認証局証明書 2 枚（発行認証局・ルート認証局） / CA certificates (PEM)",
    `${file(repositoryKeys.chain("subscribers"))}<br>nginx: ssl_client_certificate · Apache: SSLCACertificateFile · OpenVPN: ca`,
  ],
  [
    "失効リスト 2 つ（発行認証局・ルート認証局） / CRLs (PEM)",
    `${file(repositoryKeys.allCrls("subscribers"))}<br>nginx: ssl_crl · Apache: SSLCARevocationFile · OpenVPN: crl-verify`,
  ],
])}
<ul>
<li>失効リストは、失効のたびに、また 1 時間ごとに発行されます。サーバーには 1 時間に 1 回以上取得させ、読み込ませてください。次回発行期限を過ぎた失効リストでは、すべての証明書が拒否されます。
<span lang="en">A CRL is issued after each revocation and every hour. Fetch and load it at least hourly: with a list past its nextUpdate every certificate is refused.</span></li>
<li>利用者は、証明書のメールアドレス（subjectAltName の rfc822Name、または E）で識別してください。氏名（CN）は、同姓同名の方や、複数のデバイスを使う方の間で同じになります。
<span lang="en">Tell people apart by the mail address (rfc822Name of subjectAltName, or E), never by CN: names are shared.</span></li>
<li>この認証局は、複数の利用法人に証明書を発行します。自社の証明書だけを許可するには、発行者（認証局DN）と証明書の組織名（O）の両方を照合するか、自社の証明書ポリシー（certificatePolicies のオブジェクト識別子）を照合してください。自社の組織名とポリシーは、サービス提供会社にご確認ください。
<span lang="en">The authority issues for many companies. To let in your own alone, compare both the issuer and the O of the certificate, or your company's policy (an object identifier among the certificatePolicies). Your provider names yours.</span></li>
</ul>
<h3>設定例 / Examples</h3>
<p>発行者が Warifu Subscribers CA、組織名が Reiwa Certificate Service、ポリシーが 2.999.1.7.60466175 の場合の例です。ご自身の値に置き換えてください。openssl では、-explicit_policy がないと他社の証明書も通ります。nginx はポリシーを照合できないため、組織名を照合してください。
<span lang="en">For the issuer Warifu Subscribers CA, the O Reiwa Certificate Service and the policy 2.999.1.7.60466175: put your own in their place. Without -explicit_policy, openssl takes other companies' certificates too. nginx cannot compare policies: compare the O there.</span></p>
${list(Object.entries(serverExamples).map(([program, lines]) => [program, `<pre>${escaped(lines)}</pre>`]))}
</section>`;

/** The public repository's page for people: what they compare with what their device shows, and what servers need. */
export const repositoryPage = (brand: string, authorities: readonly ShownAuthority[]): string => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(brand)} リポジトリ</title>
<style>body{font:16px/1.7 system-ui,"Hiragino Sans","Noto Sans CJK JP","Yu Gothic UI",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#16191f}
h1{font-size:1.5rem}h3{font-size:1rem}pre{margin:0;white-space:pre-wrap;font:inherit;font-size:.875rem}h2{font-size:1.15rem;border-bottom:1px solid #c6c6cd}dt{color:#5f6b7a;font-size:.875rem}dd{margin:0 0 .5rem;overflow-wrap:anywhere;font-family:ui-monospace,Consolas,monospace}li [lang],p [lang]{display:block;color:#5f6b7a;font-size:.875rem}@media(min-width:48rem){dl{display:grid;grid-template-columns:19rem 1fr;gap:.25rem 1rem}dd{margin:0}}</style>
</head><body><main><h1>${escaped(brand)} リポジトリ</h1>
<p>${escaped(brand)} が使用する認証局の証明書と失効リストです。端末に表示される拇印（フィンガープリント）が、下記と一致することをご確認ください。</p>
<p lang="en">Certificates and revocation lists of the certification authorities of ${escaped(brand)}. Compare the fingerprints with what your device shows.</p>
${authorities.map(authoritySection).join("\n")}
${serverSection}
</main></body></html>
`;
