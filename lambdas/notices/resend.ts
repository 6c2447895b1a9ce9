import { findWhole } from "../certificates/whole.ts";
import type { Certificate } from "../certificates/certificate.ts";
import { downloadability, type Obstacle } from "../certificates/downloadability.ts";
import { type ActResult, isOf, type Of } from "../certificates/selected.ts";
import { Refusal, type RefusalKind } from "../refusal.ts";
import type { Actor } from "../transaction/audit.ts";
import { committed, type Write } from "../transaction/write.ts";
import { issuedNotice } from "./issued.ts";
import type { Notice } from "./notice.ts";
import type { MailPorts } from "./ports.ts";

type WritesContext = Pick<MailPorts, "random" | "certificates"> & {
  readonly notices: Pick<MailPorts["notices"], "addNotice">;
};

export type ResendContext = WritesContext & Pick<MailPorts, "now" | "materials" | "commit" | "audit" | "sendNotices">;

export type ResendRequest = {
  readonly tenantId: string;
  /** The same for a repetition of the request, and for nothing else. */
  readonly actId: string;
  readonly of: Of;
  readonly certificateIds: readonly string[];
  readonly actor: Actor;
};

type Resent = { readonly result: ActResult; readonly notice?: Notice };

const sideBySide = 10;

/**
 * Sends the holders' two mails again, with new links; those of earlier mails open nothing any more. Each certificate has a
 * transaction of its own, so that one that is refused stops no other. `remember` is committed after the last. Repeated
 * after it was stopped half-way, it does the rest: what the earlier run did is reported as done and not sent once more,
 * and a mail that the earlier run did not queue is left to the sweep.
 */
export async function resendNotices(
  context: ResendContext,
  request: ResendRequest,
  remember: (results: readonly ActResult[]) => readonly Write[] = () => [],
): Promise<readonly ActResult[]> {
  const ids = [...new Set(request.certificateIds)];
  const all: Resent[] = [];
  for (let from = 0; from < ids.length; from += sideBySide)
    all.push(...(await Promise.all(ids.slice(from, from + sideBySide).map((id) => resend(context, request, id)))));
  const notices = all.flatMap(({ notice }) => notice ?? []);
  if (notices.length > 0) await context.sendNotices(notices);
  const results = all.map(({ result }) => result);
  const writes = remember(results);
  if (writes.length > 0) await context.commit(writes);
  return results;
}

async function resend(
  context: ResendContext,
  { tenantId, actId, of, actor }: ResendRequest,
  certificateId: string,
): Promise<Resent> {
  const refused = (kind: RefusalKind, certificate?: Certificate): Resent => ({
    result: { outcome: "refused", certificateId, certificate, refusal: new Refusal(kind) },
  });
  const done = (certificate: Certificate): Resent => ({ result: { outcome: "done", certificateId, certificate } });
  const read = async () => {
    const whole = await findWhole(context, tenantId, certificateId);
    return whole !== undefined && isOf(whole.certificate, of) ? whole : undefined;
  };

  const found = await read();
  if (found === undefined) return refused("notFound");
  const { certificate, material } = found;
  // An earlier run of this same request has done it.
  if (certificate.mailsResent?.actId === actId) return done(certificate);
  const now = context.now();
  const able = downloadability(certificate, material, now);
  if ("obstacle" in able) return refused(refusals[able.obstacle], certificate);
  const { notice, writes } = resending(context, certificate, { actId, now });
  const record = context.audit.record({
    tenantId,
    at: now,
    actor,
    action: "certificate.resend",
    subject: certificateId,
  });
  if (await committed(context.commit([...writes, record]))) return { ...done(certificate), notice };
  const current = (await read())?.certificate;
  // A simultaneous run of this same request was faster.
  if (current?.mailsResent?.actId === actId) return done(current);
  return refused("changedMeanwhile", current);
}

const refusals = {
  issuing: "resendIssuing",
  failed: "resendFailed",
  revoked: "resendRevoked",
  expired: "resendExpired",
  keyDestroyed: "resendKeyDestroyed",
} as const satisfies Readonly<Record<Obstacle, RefusalKind>>;

/**
 * What asking again for the mails of a live certificate writes, and the notice that it adds. The first mails of a
 * certificate whose file was for bulk download repeat none.
 */
export function resending(
  context: WritesContext,
  certificate: Certificate,
  { actId, now }: { readonly actId: string; readonly now: Date },
): { readonly notice: Notice; readonly writes: readonly Write[] } {
  const { importRow, mailsResent } = certificate;
  const first = importRow?.bulkDownload === true && mailsResent === undefined;
  const notice = issuedNotice(context, certificate, now, first ? {} : { resent: true });
  return {
    notice,
    writes: [
      context.certificates.markMailsResent(certificate, { at: notice.createdAt, actId }),
      context.notices.addNotice(notice),
    ],
  };
}
