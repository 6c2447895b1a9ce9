import type { Notices } from "../notices/notice.ts";
import { noticesToAdministrators } from "../notices/to-administrators.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import { type Commit, committed, type Write } from "../transaction/write.ts";

/** What a tenant's administrators are still to be told: revocations that were done as planned. */
export type Digest = {
  readonly tenantId: string;
  readonly count: number;
  /** Those that the mail lists; the others it counts. */
  readonly certificateIds: readonly string[];
};

export type Digests = {
  /** One more, in the revocation's own transaction, so that none is done without being told; `listed`: the mail is to list it. */
  addToDigest(tenantId: string, certificateId: string, listed: boolean, now: Date): Write;
  findDigest(tenantId: string): Promise<Digest | undefined>;
  /** Ends it as it was read; fails if another was added, or another run told it. */
  endDigest(digest: Digest): Write;
  /** Tenants whose digest was last added to before the instant: what a run that died left untold. */
  listUnsent(before: string): Promise<readonly string[]>;
};

export type DigestContext = {
  readonly now: () => Date;
  readonly random: Random;
  readonly commit: Commit;
  readonly administrators: Pick<Administrators, "listAdministrators">;
  readonly notices: Notices;
  readonly digests: Digests;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
};

/** As many as a mail lists. */
export const listedInDigest = 100;
const attempts = 5;

/** Tells a tenant's administrators once of what was done: the digest ends in the transaction that owes them their mails. */
export async function sendDigest(context: DigestContext, tenantId: string): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const digest = await context.digests.findDigest(tenantId);
    if (digest === undefined) return;
    const { count } = digest;
    const certificateIds = digest.certificateIds.slice(0, listedInDigest);
    const actor = { kind: "system", name: "nightly" } as const;
    const act = { tenantId, kind: "revocation-done", certificateIds, count, actor, at: context.now() } as const;
    const notices = await noticesToAdministrators(context, act);
    const unsent = notices.map((notice) => context.notices.addNotice(notice));
    // Another run may have added to the digest or ended it meanwhile: read it again.
    if (!(await committed(context.commit([context.digests.endDigest(digest), ...unsent])))) continue;
    for (const { noticeId } of notices) await context.sendNotice(tenantId, noticeId);
    return;
  }
  // Whoever keeps adding to it tells it when done; if not, the next run finds it.
}
