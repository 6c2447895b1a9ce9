import type { Device } from "../contract/fields.ts";
import type { Language } from "../contract/language.ts";
import type { Write } from "../transaction/write.ts";
import type { AdministratorsKind, HolderKind } from "./mails.ts";

/** Mails to one recipient, written in the transaction of the act that they report and sent from a queue. */
export type Notice = {
  readonly tenantId: string;
  readonly noticeId: string;
  readonly to: string;
  readonly recipient: string;
  readonly language: Language;
  /** The certificates that it is about; of many, the first. */
  readonly certificateIds: readonly string[];
  readonly createdAt: string;
  readonly sentAt?: string;
} & (ToHolder | ToAdministrators);

/** To a certificate's holder: fixed when it is made, so that the mailer reads nothing else. */
type ToHolder = {
  /** Its mails, in the order of sending. */
  readonly kinds: readonly HolderKind[];
  readonly holder: {
    readonly companyName: string;
    readonly device: Device;
    readonly notAfter: string;
    /** The mails were sent before. */
    readonly resent?: true;
  };
  readonly act?: undefined;
};

/** To an administrator, about an act of somebody's. */
type ToAdministrators = {
  readonly kinds: readonly [AdministratorsKind];
  readonly act: {
    /** Who acted, in the recipient's language. */
    readonly actor: string;
    readonly place?: Place;
    /** All certificates, where there are more than are listed. */
    readonly count?: number;
    /** `ToldOf` its kind. */
    readonly told?: unknown;
  };
  readonly holder?: undefined;
};

/** Where an act took place: its names are read when the mail is written. */
export type Place = { readonly serviceId: string; readonly organizationId?: string };

export type Notices = {
  addNotice(notice: Notice): Write;
  findNotice(tenantId: string, noticeId: string): Promise<Notice | undefined>;
  markSent(notice: Notice, sentAt: Date): Promise<void>;
  /** The mails to the holder of a certificate, newest first. A notice made seconds ago may be missing. */
  listOf(certificate: { readonly tenantId: string; readonly certificateId: string }): Promise<readonly Notice[]>;
  /** Notices that have been unsent since before the instant. */
  listUnsent(before: string): Promise<readonly { readonly tenantId: string; readonly noticeId: string }[]>;
  /** Postpones the next re-send to `at`. No-op if already sent. */
  postponeResend(notice: { readonly tenantId: string; readonly noticeId: string }, at: string): Promise<void>;
};

/** How many days the page behind a notice shows ID and password. */
export const noticeDays = 14;
