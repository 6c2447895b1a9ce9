import type { Actor } from "../transaction/audit.ts";
import type { Device } from "../contract/fields.ts";
import type { Language } from "../contract/rules.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import type { ImportReport } from "../imports/announce.ts";
import type { Administrator } from "../registry/administrator.ts";
import { newId, type Random } from "../registry/identifier.ts";
import type { Write } from "../transaction/write.ts";
import { actedBy } from "./acted-by.ts";

/** Mails by purpose. Their titles and texts are in `texts/`. */
export const noticeKinds = [
  "administrator-download",
  "administrator-credential",
  "subscriber-download",
  "subscriber-credential",
  "revocation",
  "revocation-planned",
  "revocation-cancelled",
  "revocation-done",
  "credential-shown",
  "import-register",
  "import-register-errors",
  "import-revoke",
  "import-revoke-errors",
  "import-package",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Mails that are owed to somebody: written in the transaction of what it tells, sent from a queue. */
export type Notice = {
  readonly tenantId: string;
  readonly noticeId: string;
  /** Its mails, in the order of sending. */
  readonly kinds: readonly NoticeKind[];
  readonly to: string;
  readonly recipient: string;
  readonly language: Language;
  /** What a holder's mails tell, fixed when the certificate was issued. */
  readonly holder?: { readonly companyName: string; readonly device: Device; readonly notAfter: string };
  /** The certificates that it tells of. */
  readonly certificateIds: readonly string[];
  /** Who acted, where the mail names them, in its language. */
  readonly actor?: string;
  /** The plan that it tells of, as it was made or cancelled. */
  readonly planned?: { readonly at: string; readonly reason: RevocationReason };
  /** What became of a file. */
  readonly import?: ImportReport;
  /** How many it tells of, where it lists only the first of them. */
  readonly count?: number;
  readonly createdAt: string;
  readonly sentAt?: string;
};

export type Notices = {
  addNotice(notice: Notice): Write;
  findNotice(tenantId: string, noticeId: string): Promise<Notice | undefined>;
  markSent(notice: Notice, sentAt: Date): Promise<void>;
  /** Notices that have been owed since before the instant. */
  listUnsent(before: string): Promise<readonly { readonly tenantId: string; readonly noticeId: string }[]>;
  /** From now on it counts as owed since `at`, which may be to come; nothing when it is sent by now. */
  postponeResend(notice: { readonly tenantId: string; readonly noticeId: string }, at: string): Promise<void>;
};

/** How long the page behind a notice shows ID and password. */
export const noticeDays = 14;

/** What administrators are told: one mail of a kind. */
export type AdministratorsNotice = Pick<Notice, "certificateIds" | "planned" | "count" | "import"> & {
  readonly kind: NoticeKind;
};

/** A notice to an administrator, in their language. */
export const newNotice = (
  context: { readonly random: Random },
  to: Administrator,
  { kind, actor, ...what }: AdministratorsNotice & { readonly actor: Actor; readonly createdAt: string },
): Notice => ({
  kinds: [kind],
  tenantId: to.tenantId,
  noticeId: newId(to.tenantId, "notice", context.random),
  to: to.email,
  recipient: to.name,
  language: to.language,
  actor: actedBy(actor, to.language),
  ...what,
});
