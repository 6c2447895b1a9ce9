import type { Actor } from "../transaction/audit.ts";
import type { Device } from "../contract/fields.ts";
import type { FailureCode } from "../contract/failures.ts";
import type { KeptCells } from "../contract/import-layouts.ts";
import type { Language } from "../contract/language.ts";
import type { RevocationReason, Status } from "../contract/shapes.ts";
import type { Write } from "../transaction/write.ts";

/** The issuing authorities: subscribers' and administrators' certificates come from CAs of their own. */
export const issuers = ["subscribers", "administrators"] as const;
export type Issuer = (typeof issuers)[number];

/** Whose certificate it is. */
export type Holder =
  | {
      readonly kind: "subscriber";
      readonly subscriberId: string;
      readonly serviceId: string;
      readonly organizationId: string;
      readonly organizationName: string;
      readonly familyName: string;
      readonly givenName: string;
      readonly familyNameKana: string;
      readonly givenNameKana: string;
      readonly primaryEmail: string;
    }
  | { readonly kind: "administrator"; readonly administratorId: string; readonly name: string };

export type KeyKind = "rsa2048" | "rsa3072" | "p256";

/** A certificate's state; what belongs to a state cannot be left out of it. */
export type State =
  | { readonly status: "issuing" }
  /** `detail` is for the operator: it names the rule that was broken. */
  | { readonly status: "failed"; readonly error: FailureCode; readonly detail?: string }
  | { readonly status: "issued"; readonly issuedAt: string }
  | { readonly status: "downloaded"; readonly issuedAt: string; readonly downloadedAt: string }
  | {
      readonly status: "revoked";
      readonly issuedAt: string;
      readonly revokedAt: string;
      readonly revocationReason: RevocationReason;
    };

/** A revocation that was accepted for a day to come. */
export type PlannedRevocation = {
  /** 0:00 JST of that day, ISO 8601. */
  readonly at: string;
  readonly reason: RevocationReason;
  /** Who asked for it, and when: with them two plans for the same day differ. */
  readonly actor: Actor;
  readonly plannedAt: string;
};

/** `at`: ISO 8601; `actId`: the request that asked for it, the same when it is repeated. */
export type MailsResent = { readonly at: string; readonly actId: string };

export type ImportRowReference = {
  readonly jobId: string;
  readonly row: number;
  /** The administrator fetches all certificates of the file: their holders get no mails. */
  readonly bulkDownload: boolean;
};

/** A certificate's row: everything that the TBS will say except the public key, fixed when it is ordered. */
export type Certificate = KeptCells & {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly issuer: Issuer;
  readonly holder: Holder;
  readonly certificateEmail: string;
  readonly device: Device;
  /** 16 octets, lower-case hex. */
  readonly serialNumber: string;
  readonly subject: {
    readonly commonName: string;
    readonly organizationalUnits: readonly string[];
    readonly organization: string;
  };
  readonly key: KeyKind;
  /** ISO 8601, whole seconds, inclusive. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly requestedAt: string;
  /** The language and company name of the mails to its holder, fixed when it was ordered. */
  readonly correspondence: { readonly language: Language; readonly companyName: string };
  readonly state: State;
  /** The row of a file that ordered it: it ends together with the issuance. */
  readonly importRow?: ImportRowReference;
  /** Certificates that end, with the reason "superseded", in the transaction that issues this one. */
  readonly supersedes?: { readonly certificateIds: readonly string[]; readonly actor: Actor };
  /** When the sweep first sent it to the issuer again with nothing else on the way. */
  readonly resentAt?: string;
  /** When it was last sent to the issuer again. */
  readonly requeuedAt?: string;
  /** Only while it lives: a revoked certificate has no plan. */
  readonly revokeOn?: PlannedRevocation;
  /**
   * From when on its private key is not kept any longer: to its own end, from the first download for the days of
   * `KeyRetentionDays`, and no longer than it lives. ISO 8601.
   */
  readonly keyEndsAt?: string;
  /** Where its mails go, where that is not the certificate's address: the next certificate carries it. */
  readonly deviceEmail?: string;
  /** When its holder's mails were last asked for again: links of mails before that open nothing. */
  readonly mailsResent?: MailsResent;
};

export type CertificateKey = Pick<Certificate, "tenantId" | "certificateId">;

export type MoveWith = { readonly due?: PlannedRevocation | undefined; readonly keyEndsAt?: Date };

/** The certificates' rows, and the certificates themselves. */
export type Certificates = {
  find(tenantId: string, certificateId: string): Promise<Certificate | undefined>;
  findDer(tenantId: string, certificateId: string): Promise<Uint8Array | undefined>;
  /**
   * Each row as "issuing", its serial, which no other certificate of the issuer may have, and the count of the list
   * that they are in: one call for the certificates of one list and transaction.
   */
  add(...certificates: readonly Certificate[]): readonly Write[];
  /** Keeps the certificate; fails if there is one already. */
  addDer(tenantId: string, certificateId: string, der: Uint8Array): Write;
  /**
   * Moves the row; fails unless it is in one of `from` and, where `due` is given, that very plan is unchanged.
   * A revocation ends the plan, and the private key; a failed issuance has none. Otherwise the key's end stays as it is,
   * unless `keyEndsAt` says another.
   */
  move(certificate: Certificate, from: readonly Status[], to: State, more?: MoveWith): Write;
  /**
   * Gives the row its holder and device mail as they are now, and its places in the lists; fails unless it is in the state
   * in which it was read. What the certificate says stays as it is.
   */
  changeHolder(certificate: Certificate, holder: Holder, deviceEmail: string): Write;
  /** Ends the links of its mails before; fails if it is not live, or its mails were asked for again at that instant, later or by the same act. */
  markMailsResent(certificate: Certificate, resent: MailsResent): Write;
};

/** The ends of private keys: each key has one from the moment that its certificate is ordered. */
export type KeyEnds = {
  /** Certificates whose keys are not to be kept any longer at the instant. */
  listDue(at: string): Promise<readonly CertificateKey[]>;
  /** Notes that nothing of the key is left. No-op if its end has been moved. */
  settle(certificate: Certificate): Promise<void>;
};

/** Issuances that are not finished. */
export type Pending = {
  /** Rows that have been issuing since before the instant. */
  list(before: string): Promise<readonly CertificateKey[]>;
  /**
   * Notes that the sweep sends it again, and the first time that it does so with nothing on the way (`alone`). No-op if
   * it is no longer issuing.
   */
  markResent(certificate: Certificate, at: string, alone: boolean): Promise<void>;
};
