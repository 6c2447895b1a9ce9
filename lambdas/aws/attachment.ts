/**
 * The Content-Disposition that saves a file under this name (RFC 6266): in ASCII, and where the name holds more, in UTF-8
 * too, for all browsers of today.
 */
export function attachment(fileName: string): string {
  const ascii = fileName.replaceAll(/[^!-~]|["\\]/gu, "_");
  const plain = `attachment; filename="${ascii}"`;
  if (ascii === fileName) return plain;
  // RFC 8187 §3.2.1: encodeURIComponent leaves some characters that are no attr-char.
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `${plain}; filename*=UTF-8''${encoded}`;
}
