import type { Ports } from "../certificates/ports.ts";
import type { Notice, Notices } from "./notice.ts";

/** The ports of those that also write mails. */
export type MailPorts = Ports & {
  readonly notices: Notices;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
  readonly sendNotices: (notices: readonly Pick<Notice, "tenantId" | "noticeId">[]) => Promise<void>;
};
