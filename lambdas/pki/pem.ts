/** The textual encoding of RFC 7468. */

/** Labels that are written and read here. */
export type PemLabel = "CERTIFICATE" | "X509 CRL" | "PRIVATE KEY" | "PUBLIC KEY" | "CERTIFICATE REQUEST";

const lineOctets = 48;

/** PEM of a DER structure: lines of 64 characters, with a line end after the last. */
export const toPem = (label: PemLabel, der: Uint8Array): string => pemOf(label, der).toString("latin1");

/** The same as octets, written line by line: a long list is neither a string nor searched for places to break it. */
export function pemOf(label: PemLabel, der: Uint8Array): Buffer {
  const source = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  const [begin, end] = [`-----BEGIN ${label}-----\n`, `-----END ${label}-----\n`];
  const lines = Math.ceil(source.length / lineOctets);
  const pem = Buffer.allocUnsafe(begin.length + 4 * Math.ceil(source.length / 3) + lines + end.length);
  let at = pem.write(begin, "latin1");
  for (let from = 0; from < source.length; from += lineOctets) {
    at += pem.write(source.toString("base64", from, from + lineOctets), at, "latin1");
    at += pem.write("\n", at, "latin1");
  }
  pem.write(end, at, "latin1");
  return pem;
}

/** DER of every block with the label, in order; text around the blocks is skipped. Throws RangeError when there is none. */
export function fromPem(label: PemLabel, text: string): Uint8Array[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, "g"));
  const ders = [...blocks].map(([, base64]) => new Uint8Array(Buffer.from(base64 ?? "", "base64")));
  if (ders.length === 0) throw new RangeError(`the text has no PEM block "${label}"`);
  return ders;
}
