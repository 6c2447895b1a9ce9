import type { Device } from "../../contract/fields.ts";
import type { Language } from "../../contract/language.ts";
import type { RevocationReason } from "../../contract/shapes.ts";
import type { Part } from "../layout.ts";

/** Whom a mail greets, and in whose name. */
export type Addressed = {
  readonly brand: string;
  readonly recipientName: string;
  readonly companyName: string;
};

/** What is common to a holder's two mails. */
type OfCertificate = Addressed & {
  readonly device: Device;
  /** ISO 8601. */
  readonly notAfter: string;
  /** For how many days from the mail ID and password are shown. */
  readonly days: number;
  /** Sent again on request: certificate, ID and password are those of the mails before. */
  readonly resent: boolean;
  /** The title of the other mail of the two. */
  readonly otherSubject: string;
};

/** What the mail that leads to the download is given. */
export type DownloadGiven = OfCertificate & { readonly downloadUrl: string; readonly adminUrl: string };

/** What the mail that leads to ID and password is given. It alone knows the link, and never the download's address. */
export type CredentialGiven = OfCertificate & { readonly noticeUrl: string };

/** A certificate in a mail's list; instants are ISO 8601. */
export type ListedCertificate = {
  readonly certificateId: string;
  readonly name: string;
  /** A subscriber's service and organization. */
  readonly service?: string | undefined;
  readonly organization?: string | undefined;
  readonly commonName: string;
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
  readonly certificateEmail: string;
  readonly device: Device;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revoked?: { readonly at: string; readonly reason: RevocationReason } | undefined;
};

/** What a mail to administrators is given: an act, and `told`, what its own kind tells beyond that. */
export type ActGiven<Told = undefined> = Addressed & {
  readonly adminUrl: string;
  /** The administrator who acted, or the operator, as people know them. */
  readonly actedBy: string;
  /** When, ISO 8601. */
  readonly at: string;
  readonly service?: string | undefined;
  readonly organization?: string | undefined;
  /** The certificates as they are now, the first of `count`. */
  readonly certificates: readonly ListedCertificate[];
  readonly count: number;
  readonly told: Told;
};

export type Mail<Given> = {
  readonly subjects: Readonly<Record<Language, string>>;
  readonly body: (language: Language, given: Given) => readonly Part[];
};

type Worded<Facts> = { readonly subject: string; readonly body: (facts: Facts) => readonly Part[] };
type Written<Given, Facts> = Readonly<Record<Language, Worded<Facts>>> & {
  /** What both languages say, of what the mail is given. */
  readonly facts: (given: Given) => Facts;
};

function mail<Given, Facts>({ facts, ja, en }: Written<Given, Facts>): Mail<Given> {
  const worded = { ja, en };
  return {
    subjects: { ja: ja.subject, en: en.subject },
    body: (language, given) => worded[language].body(facts(given)),
  };
}

/** The mail of a certificate's holder that leads to the download. */
export const downloadMail = <Facts>(written: Written<DownloadGiven, Facts>) =>
  ({ audience: "holder", leadsTo: "download", ...mail(written) }) as const;

/** The mail of a certificate's holder that leads to ID and password. */
export const credentialMail = <Facts>(written: Written<CredentialGiven, Facts>) =>
  ({ audience: "holder", leadsTo: "credential", ...mail(written) }) as const;

/** A mail to a tenant's administrators about an act. */
export const administratorsMail = <Told, Facts>(written: Written<ActGiven<Told>, Facts>) =>
  ({ audience: "administrators", ...mail(written) }) as const;
