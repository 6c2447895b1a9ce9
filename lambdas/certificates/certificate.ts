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

/** Where a certificate stands; what belongs to a state cannot be left out of it. */
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
  /** Who asked for it, and when: with them one plan is told from another for the same day. */
  readonly actor: Actor;
  readonly plannedAt: string;
};

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
  /** How its holder is written to, fixed when it was ordered. */
  readonly correspondence: { readonly language: Language; readonly companyName: string };
  readonly state: State;
  /** The row of a file that ordered it: it ends together with the issuance. */
  readonly importRow?: ImportRowReference;
  /** Certificates that end, with the reason "superseded", in the transaction that issues this one. */
  readonly supersedes?: { readonly certificateIds: readonly string[]; readonly actor: Actor };
  /** When the sweeper first sent it to the issuer again with nothing else on the way. */
  readonly resentAt?: string;
  /** When it was last sent to the issuer again. */
  readonly requeuedAt?: string;
  /** Only while it lives: a revoked certificate has no plan. */
  readonly revokeOn?: PlannedRevocation;
};

/** Written once, before anything is signed. The sealed parts vanish when the key is destroyed. */
export type Material = {
  readonly sealedKey: Uint8Array | undefined;
  readonly sealedPassword: Uint8Array | undefined;
  /** SHA-256 under which the ID and password are looked up (`access/login.ts`). */
  readonly loginHash: string;
  readonly tbs: Uint8Array;
  /** From when on the key is no longer kept: known from the first download on. */
  readonly destroyAt?: string;
  readonly destroyedAt?: string;
};

export type ListOrder = "name" | "primaryEmail" | "certificateEmail" | "status" | "device" | "notAfter";
/** Where a page begins, in the page's own order; a cursor is a row's place in the order. */
export type PageStart =
  | { readonly at: "first" }
  /** The page that ends with the list's last row. */
  | { readonly at: "last" }
  | { readonly at: "after" | "before"; readonly cursor: string }
  /**
   * At the first row with this value or one beyond it: katakana that a family name begins with, letters that a mail
   * begins with, a status, a device, a month `yyyy/mm` of Japan's calendar.
   */
  | { readonly at: "value"; readonly value: string };
export type PageRequest = {
  readonly sort: ListOrder;
  readonly order: "asc" | "desc";
  readonly limit: number;
  readonly start: PageStart;
};
/** A page in its order; `previous` and `next` are the cursors before and after which there are others. */
export type ListPage = {
  readonly certificates: readonly Certificate[];
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

/** A revocation as the CRL will say it. */
export type LedgerEntry = {
  readonly issuer: Issuer;
  readonly serialNumber: string;
  readonly revokedAt: string;
  readonly reason: RevocationReason;
  readonly notAfter: string;
};

export type Certificates = {
  find(tenantId: string, certificateId: string): Promise<Certificate | undefined>;
  list(
    where: { readonly tenantId: string; readonly serviceId: string; readonly organizationId: string },
    page: PageRequest,
  ): Promise<ListPage>;
  /** How many rows a list has; consistent. */
  count(where: {
    readonly tenantId: string;
    readonly serviceId: string;
    readonly organizationId: string;
  }): Promise<number>;
  /**
   * Each row as "issuing", its serial, which no other certificate of the issuer may have, and the count of the list
   * that they are in: one call for the certificates of one list and transaction.
   */
  add(...certificates: readonly Certificate[]): readonly Write[];
  findMaterial(tenantId: string, certificateId: string): Promise<Material | undefined>;
  /** Keeps the material unless there is one already; says whether it was kept. */
  keepMaterial(tenantId: string, certificateId: string, material: Material): Promise<boolean>;
  /** Takes the material's place for good, so that an issuance that is ended can never be signed; fails if there is material. */
  retireMaterial(tenantId: string, certificateId: string): Write;
  /** Row and material in one read. */
  findWhole(
    tenantId: string,
    certificateId: string,
  ): Promise<{ readonly certificate: Certificate; readonly material: Material | undefined } | undefined>;
  findDer(tenantId: string, certificateId: string): Promise<Uint8Array | undefined>;
  /** Keeps the certificate; fails if there is one already. */
  addDer(tenantId: string, certificateId: string, der: Uint8Array): Write;
  /**
   * Moves the row; fails unless it stands in one of `from` and, where `due` is given, that very plan still stands.
   * A revocation ends the plan.
   */
  move(certificate: Certificate, from: readonly Status[], to: State, due?: PlannedRevocation): Write;
  /** Plans a revocation, or replaces the plan that the certificate was read with; fails if it is not live or has another plan by now. */
  planRevocation(certificate: Certificate, plan: PlannedRevocation): Write;
  /** Ends the plan that the certificate was read with; fails if it is not live or has another plan, or none, by now. */
  cancelRevocation(certificate: Certificate & { readonly revokeOn: PlannedRevocation }): Write;
  /** Certificates whose planned revocation is due at the instant, earliest first. A plan made seconds ago may be missing. */
  listDue(at: string): Promise<readonly { readonly tenantId: string; readonly certificateId: string }[]>;
  /** From this instant on the private key is not kept any longer; fails if it is gone already. */
  destroyKeyFrom(certificate: Certificate, at: Date): Write;
  /** Certificates whose private keys are not to be kept any longer at the instant. */
  listKeysDue(at: string): Promise<readonly { readonly tenantId: string; readonly certificateId: string }[]>;
  /** Removes private key and password, and notes when; fails unless they are there and due at the instant. */
  destroyKey(tenantId: string, certificateId: string, at: Date, now: Date): Write;
  addToLedger(entry: LedgerEntry): Write;
  /** Every entry, or those since an instant; consistent. */
  readLedger(issuer: Issuer, since?: string): Promise<readonly LedgerEntry[]>;
  /** Notes that the sweeper sends it again, and the first time that it does so with nothing on the way (`alone`). Nothing when it is no longer issuing. */
  markResent(certificate: Certificate, at: string, alone: boolean): Promise<void>;
  /** Rows that have been issuing since before the instant. */
  listPending(before: string): Promise<readonly { readonly tenantId: string; readonly certificateId: string }[]>;
};
