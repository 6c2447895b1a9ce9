import { deviceNames } from "../contract/device-names.ts";
import type { Certificate } from "./certificate.ts";

/** Characters (UTF-16 units) that every key store shows and keeps. */
const limit = 64;

/** The last eight digits of the serial number: they differ between one person's certificates, and are short enough to read out. */
const serialEnd = ({ serialNumber }: Certificate): string => serialNumber.slice(-8);

/**
 * The name of a certificate in key stores, e.g. `Yamada Taro - taro@example.jp - WindowsPC - 3f9a01bc`; at most 64
 * characters: what does not fit is left out, the device before the mail. No two certificates have the same one, because
 * a key store may overwrite an entry whose name it has already (keytool). NSS keeps one name for all certificates of one
 * subject, the first one's.
 */
export function displayName(certificate: Certificate): string {
  const { subject, certificateEmail: mail } = certificate;
  const end = serialEnd(certificate);
  const device = deviceOf(certificate);
  const middles = [[mail, ...device], [mail], device];
  const whole = middles.map((middle) => [subject.commonName, ...middle, end].join(" - "));
  return whole.find((name) => name.length <= limit) ?? `${cut(subject.commonName, limit - end.length - 3)} - ${end}`;
}

/** An administrator's certificate is for any machine. */
const deviceOf = ({ holder, device, correspondence }: Certificate): readonly string[] =>
  holder.kind === "administrator" ? [] : [deviceNames[correspondence.language][device]];

/** The beginning of a text, at most `units` UTF-16 units, never half a character. */
const cut = (text: string, units: number): string => {
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > units) break;
    kept += character;
  }
  return kept;
};
