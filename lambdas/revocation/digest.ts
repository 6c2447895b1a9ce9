import type { RevocationReason } from "../contract/shapes.ts";
import type { Notice } from "../notices/notice.ts";
import type { MailPorts } from "../notices/ports.ts";
import { noticesToAdministrators, type ToAdministratorsContext } from "../notices/to-administrators.ts";
import type { Actor } from "../transaction/audit.ts";
import { committed, type Write } from "../transaction/write.ts";

/** One act on many certificates, such as a request or a night. */
export type DigestKey = { readonly tenantId: string; readonly digestId: string };

/** What the act is, as its mail says it. `on`: 0:00 JST of the day, ISO 8601. */
export type DigestedAct = { readonly actor: Actor } & (
  | { readonly kind: "revocation" | "revocation-done" | "revocation-cancelled" }
  | { readonly kind: "revocation-planned"; readonly plan: { readonly on: string; readonly reason: RevocationReason } }
);

/** A certificate that the act was done to. `plannedFor`: for when a cancelled revocation was planned, ISO 8601. */
export type DigestEntry = { readonly certificateId: string; readonly plannedFor?: string };

/** The mail of an act in the making: each certificate is added in its own transaction, so that none is done without a mail. */
export type Digest = DigestKey & {
  readonly act: DigestedAct;
  /** All certificates; `entries` are those that the mail lists. */
  readonly count: number;
  readonly entries: readonly DigestEntry[];
};

export type Digests = {
  /** Adds so many certificates to the count, and those that the mail lists to the list; the first ones begin the digest. */
  addToDigest(key: DigestKey, act: DigestedAct, listed: readonly DigestEntry[], count: number, now: Date): Write;
  findDigest(key: DigestKey): Promise<Digest | undefined>;
  /** Ends the digest as it was read. Fails if a certificate was added, or another run ended it. */
  endDigest(digest: Digest): Write;
  /** Digests to which nothing was added since the instant: their acts have stopped before the end. */
  listUnsent(before: string): Promise<readonly DigestKey[]>;
};

export type DigestContext = ToAdministratorsContext &
  Pick<MailPorts, "now" | "commit" | "notices" | "sendNotices"> & { readonly digests: Digests };

/** As many as a mail lists. */
export const listedInDigest = 100;
const attempts = 5;

/**
 * Sends one mail about an act to each administrator: the digest ends in the transaction that adds their notices, and
 * `also` is done in it, or alone if there is no digest. After several collisions it is left to the next sweep.
 */
export async function sendDigest(context: DigestContext, key: DigestKey, also: readonly Write[] = []): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const digest = await context.digests.findDigest(key);
    const notices = digest === undefined ? [] : await noticesOf(context, digest);
    const writes = [
      ...also,
      ...(digest === undefined ? [] : [context.digests.endDigest(digest)]),
      ...notices.map((notice) => context.notices.addNotice(notice)),
    ];
    if (writes.length === 0) return;
    // Another run may have added to the digest or ended it meanwhile: read it again.
    if (!(await committed(context.commit(writes)))) continue;
    if (notices.length > 0) await context.sendNotices(notices);
    return;
  }
}

function noticesOf(context: DigestContext, { tenantId, act, count, entries }: Digest): Promise<readonly Notice[]> {
  const listed = entries.slice(0, listedInDigest);
  const certificateIds = listed.map(({ certificateId }) => certificateId);
  const common = { tenantId, actor: act.actor, at: context.now(), certificateIds, count };
  switch (act.kind) {
    case "revocation":
    case "revocation-done":
      return noticesToAdministrators(context, { ...common, kind: act.kind });
    case "revocation-planned":
      return noticesToAdministrators(context, { ...common, kind: act.kind, told: () => act.plan });
    case "revocation-cancelled": {
      const plannedFor = Object.fromEntries(listed.map((one) => [one.certificateId, one.plannedFor ?? ""]));
      return noticesToAdministrators(context, { ...common, kind: act.kind, told: () => ({ plannedFor }) });
    }
  }
}
