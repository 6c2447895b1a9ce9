import { readCertificate } from "../pki/certificate.ts";
import { type Authority, repositoryKeys } from "./authority.ts";

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
/** `ab:cd:…`, as certificate viewers show it. */
const pairs = (hex: string) => (hex.match(/../g) ?? []).join(":").toUpperCase();
const day = new Intl.DateTimeFormat("ja-JP", { dateStyle: "medium", timeStyle: "medium", timeZone: "Asia/Tokyo" });

function section({ name, certificate }: Authority): string {
  const read = readCertificate(certificate);
  const rows: readonly (readonly [string, string])[] = [
    ["認証局 / Subject", escaped(read.subject)],
    ["シリアル番号 / Serial number", pairs(read.serialNumber)],
    ["有効期間 (JST) / Validity", `${day.format(read.notBefore)} – ${day.format(read.notAfter)}`],
    ["フィンガープリント (SHA-256)", pairs(read.sha256)],
    ["フィンガープリント (SHA-1)", pairs(read.sha1)],
    ["キー識別子 / Key ID", pairs(read.keyId ?? "")],
  ];
  return `<section><h2>${escaped(read.subject.replace(/,.*/, "").replace("CN=", ""))}</h2>
<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join("\n")}</dl>
<p><a href="/${repositoryKeys.certificate(name)}">証明書 / Certificate (DER)</a>
 · <a href="/${repositoryKeys.crl(name)}">失効リスト / CRL</a></p></section>`;
}

/** The public repository's page for people: what they compare with what their device shows. */
export const repositoryPage = (brand: string, authorities: readonly Authority[]): string => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(brand)} リポジトリ</title>
<style>body{font:16px/1.7 system-ui,"Hiragino Sans","Noto Sans CJK JP","Yu Gothic UI",sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#16191f}
h1{font-size:1.5rem}h2{font-size:1.15rem;border-bottom:1px solid #c6c6cd}dt{color:#5f6b7a;font-size:.875rem}dd{margin:0 0 .5rem;overflow-wrap:anywhere;font-family:ui-monospace,Consolas,monospace}</style>
</head><body><main><h1>${escaped(brand)} リポジトリ</h1>
<p>${escaped(brand)} が使用する認証局の証明書と失効リストです。端末に表示される拇印（フィンガープリント）が、下記と一致することをご確認ください。</p>
<p lang="en">Certificates and revocation lists of the certification authorities of ${escaped(brand)}. Compare the fingerprints with what your device shows.</p>
${authorities.map(section).join("\n")}
</main></body></html>
`;
