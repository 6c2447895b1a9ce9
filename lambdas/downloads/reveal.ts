import { findWhole } from "../certificates/whole.ts";
import { tokenHash } from "../access/login.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import { handToHolder } from "../exports/hand-out.ts";
import { Refusal } from "../refusal.ts";
import { downloadable } from "./downloadable.ts";

export type RevealContext = Pick<Ports, "now" | "access" | "certificates" | "materials" | "commit" | "audit" | "open">;

export type Revealed = { readonly certificate: Certificate; readonly password: string; readonly until: string };

/**
 * ID and password behind a notice mail's token, as often as asked until its end, or until the mails are sent again; every
 * time audited. Nothing is revealed, nor audited, of a certificate that can no longer be downloaded.
 */
export async function reveal(context: RevealContext, token: string, address: string): Promise<Revealed> {
  const link = await context.access.findLink(tokenHash(token));
  if (link === undefined || new Date(link.until) < context.now()) throw new Refusal("noticeUnknown");
  const whole = await findWhole(context, link.tenantId, link.certificateId);
  if (whole === undefined) throw new Refusal("noticeUnknown");
  const { mailsResent } = whole.certificate;
  if (mailsResent !== undefined && link.noticeCreatedAt < mailsResent.at) throw new Refusal("noticeReplaced");
  const { certificate, sealedPassword } = downloadable(whole.certificate, whole.material, context.now());
  const entry = {
    tenantId: link.tenantId,
    at: context.now(),
    actor: { kind: "holder", address },
    action: "credential.reveal",
    subject: link.certificateId,
    facts: { notice: link.noticeId },
  } as const;
  const bound = { tenant: link.tenantId, certificate: link.certificateId, part: "password" } as const;
  const opened = await handToHolder(context, entry, [], (permit) => context.open(permit, bound, sealedPassword));
  return { certificate, password: Buffer.from(opened).toString("ascii"), until: link.until };
}
