import type { Device } from "../../contract/fields.ts";
import type { RevocationReason } from "../../contract/shapes.ts";

/** Whom a mail greets, and in whose name. */
type Addressed = {
  readonly brand: string;
  readonly recipientName: string;
  readonly companyName: string;
};

type OfCertificate = Addressed & {
  readonly device: Device;
  /** ISO 8601. */
  readonly notAfter: string;
  /** For how many days from the mail ID and password are shown. */
  readonly days: number;
};

/** One line of a list of certificates; instants are ISO 8601. */
export type ListedCertificate = {
  readonly name: string;
  readonly commonName: string;
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
  readonly certificateEmail: string;
  readonly device: Device;
  readonly notAfter: string;
};

export type RevokedCertificate = ListedCertificate & {
  readonly reason: RevocationReason;
  readonly revokedAt: string;
};

type ToAdministrators = Addressed & {
  readonly adminUrl: string;
  /** The administrator who acted, or the operator, as people know them. */
  readonly actedBy: string;
};

type OfPlan = ToAdministrators & {
  /** 0:00 JST of the day. */
  readonly on: string;
  readonly reason: RevocationReason;
  readonly certificates: readonly ListedCertificate[];
};

export type OfImport = ToAdministrators & {
  /** As its owner named it. */
  readonly fileName: string;
  readonly rows: number;
  readonly done: number;
  readonly failed: number;
  /** Rows that had nothing left to do. */
  readonly skipped: number;
  readonly bulkDownload: boolean;
  /** 0:00 JST of the day that the revocations were accepted for. */
  readonly on?: string | undefined;
  /** The first causes, worded; all are `errors`. */
  readonly causes: readonly string[];
  readonly errors: number;
  /** The file's page on the admin site. */
  readonly importUrl: string;
};

/**
 * What each mail tells. No field can hold a password; the one-time link is asked for by the
 * credential mails alone, so the mail that carries the download's address can never carry both.
 */
export type NoticeFacts = {
  readonly "administrator-download": OfCertificate & { readonly downloadUrl: string; readonly adminUrl: string };
  readonly "administrator-credential": OfCertificate & { readonly noticeUrl: string };
  readonly "subscriber-download": OfCertificate & { readonly downloadUrl: string };
  readonly "subscriber-credential": OfCertificate & { readonly noticeUrl: string };
  readonly revocation: ToAdministrators & { readonly certificates: readonly RevokedCertificate[] };
  readonly "revocation-planned": OfPlan;
  readonly "revocation-cancelled": OfPlan;
  /** What was planned and is done now. */
  readonly "revocation-done": ToAdministrators & {
    /** The first of them; all are `count`. */
    readonly certificates: readonly RevokedCertificate[];
    readonly count: number;
  };
  readonly "import-register": OfImport;
  readonly "import-register-errors": OfImport;
  readonly "import-revoke": OfImport;
  readonly "import-revoke-errors": OfImport;
  readonly "import-package": OfImport;
  /** Somebody looked at a subscriber's ID and password. */
  readonly "credential-shown": ToAdministrators & {
    readonly shownAt: string;
    readonly certificates: readonly ListedCertificate[];
  };
};
export type WordedKind = keyof NoticeFacts;
