/** The textual encoding of RFC 7468. */

/** Labels that are written and read here. */
export type PemLabel = "CERTIFICATE" | "X509 CRL" | "PRIVATE KEY" | "PUBLIC KEY" | "CERTIFICATE REQUEST";

/** PEM of a DER structure: lines of 64 characters, with a line end after the last. */
export function toPem(label: PemLabel, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString("base64")
    .replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** DER of every block with the label, in order; text around the blocks is skipped. Throws RangeError when there is none. */
export function fromPem(label: PemLabel, text: string): Uint8Array[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, "g"));
  const ders = [...blocks].map(([, base64]) => new Uint8Array(Buffer.from(base64 ?? "", "base64")));
  if (ders.length === 0) throw new RangeError(`the text has no PEM block "${label}"`);
  return ders;
}
