import { folded } from "../contract/folded.ts";
import type { Conditions, Span } from "../contract/search.ts";
import type { Certificate } from "./certificate.ts";

/** What of a subscriber's certificate is searched for, as it is compared. It stays as it is for the certificate's life. */
export type SearchedFacts = {
  readonly family: string;
  readonly given: string;
  readonly familyKana: string;
  readonly givenKana: string;
  readonly mail: string;
  readonly certificateMail: string;
  readonly device: string;
  readonly requestedAt: string;
  readonly notAfter: string;
};

/** Undefined of an administrator's certificate, which no search finds. */
export function searchedFacts(certificate: Certificate): SearchedFacts | undefined {
  const { holder, certificateEmail, device, requestedAt, notAfter } = certificate;
  if (holder.kind !== "subscriber") return undefined;
  return {
    family: folded(holder.familyName),
    given: folded(holder.givenName),
    familyKana: folded(holder.familyNameKana),
    givenKana: folded(holder.givenNameKana),
    mail: folded(holder.primaryEmail),
    certificateMail: folded(certificateEmail),
    device,
    requestedAt,
    notAfter,
  };
}

/** A word as kana, where it is written in kana alone. */
export function asKana(word: string): string | undefined {
  const kana = word.replaceAll(/[ぁ-ゖゝゞ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
  return /^[ァ-ヺー・ヽヾ]+$/.test(kana) ? kana : undefined;
}

const within = (instant: string, { from, through }: Span) => from <= instant && instant <= through;

/** Whether a certificate is what the conditions ask for. */
export function matches(certificate: Certificate, conditions: Conditions): boolean {
  const facts = searchedFacts(certificate);
  if (facts === undefined) return false;
  const { family, given, mail, requested, issued, ends, statuses, devices } = conditions;
  const { state } = certificate;
  const begins = (word: string, name: string, kana: string) =>
    name.startsWith(word) || kana.startsWith(asKana(word) ?? "\u0000");
  return (
    (family === undefined || begins(family, facts.family, facts.familyKana)) &&
    (given === undefined || begins(given, facts.given, facts.givenKana)) &&
    (mail === undefined || facts.mail.startsWith(mail) || facts.certificateMail.startsWith(mail)) &&
    (requested === undefined || within(facts.requestedAt, requested)) &&
    (ends === undefined || within(facts.notAfter, ends)) &&
    (issued === undefined || ("issuedAt" in state && within(state.issuedAt, issued))) &&
    (statuses === undefined || statuses.includes(state.status)) &&
    (devices === undefined || devices.includes(certificate.device))
  );
}
