import type { Language } from "../contract/rules.ts";
import type { Administrator } from "../registry/administrator.ts";
import { newId, type Random } from "../registry/identifier.ts";
import type { Write } from "../transaction/write.ts";

/** Mails by purpose. Their titles and texts are in `texts/`. */
export const noticeKinds = [
  "administrator-download",
  "administrator-credential",
  "subscriber-download",
  "subscriber-credential",
  "revocation",
  "credential-shown",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A mail that is owed to somebody: written in the transaction of what it tells, sent from a queue. */
export type Notice = {
  readonly tenantId: string;
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly to: string;
  readonly recipient: string;
  readonly language: Language;
  /** The certificates that it tells of. */
  readonly certificateIds: readonly string[];
  /** Who acted, where the mail names them. */
  readonly actor?: string;
  readonly createdAt: string;
  readonly sentAt?: string;
};

export type Notices = {
  addNotice(notice: Notice): Write;
  findNotice(tenantId: string, noticeId: string): Promise<Notice | undefined>;
  markSent(notice: Notice, sentAt: Date): Promise<void>;
  /** Notices that have been owed since before the instant. */
  listUnsent(before: string): Promise<readonly { readonly tenantId: string; readonly noticeId: string }[]>;
};

/** How long the page behind a notice shows ID and password. */
export const noticeDays = 14;

/** A notice to an administrator, in their language. */
export const newNotice = (
  context: { readonly random: Random },
  to: Administrator,
  what: Pick<Notice, "kind" | "certificateIds" | "createdAt"> & { readonly actor: string },
): Notice => ({
  tenantId: to.tenantId,
  noticeId: newId(to.tenantId, "notice", context.random),
  to: to.email,
  recipient: to.name,
  language: to.language,
  ...what,
});
