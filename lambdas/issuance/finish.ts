import type { Certificate } from "../certificates/certificate.ts";
import type { Material } from "../certificates/material.ts";
import { issuedNotice } from "../notices/issued.ts";
import type { Notice } from "../notices/notice.ts";
import type { MailPorts } from "../notices/ports.ts";
import type { RevocationContext } from "../revocation/revoke.ts";
import { supersedingWrites } from "../revocation/supersede.ts";
import { committed } from "../transaction/write.ts";
import type { EndOrder } from "./end-order.ts";

export type FinishContext = RevocationContext &
  Pick<MailPorts, "now" | "random" | "commit" | "access" | "notices"> & { readonly endOrder: EndOrder };

/** What the committed issuance asks for next. */
export type Finished = {
  readonly certificate: Certificate;
  /** The holder's mails; none in a file for bulk download, nor when another issuer finished first. */
  readonly notice: Notice | undefined;
  /** It revoked the certificates that it supersedes: the CRL changes. */
  readonly superseded: boolean;
};

/**
 * One transaction: the row is "issued", the password opens it, the mails wait to be sent, what it supersedes is revoked,
 * and what ordered it has ended. When another issuer finished the same
 * certificate first, theirs is kept, with their notice.
 */
export async function finish(
  context: FinishContext,
  certificate: Certificate,
  der: Uint8Array,
  material: Material,
): Promise<Finished> {
  const now = context.now();
  const { tenantId, certificateId, importRow } = certificate;
  const notice = importRow?.bulkDownload === true ? undefined : issuedNotice(context, certificate, now);
  const superseding = await supersedingWrites(context, certificate, now);
  const finished = context.commit([
    context.certificates.move(certificate, ["issuing"], { status: "issued", issuedAt: now.toISOString() }),
    context.certificates.addDer(tenantId, certificateId, der),
    context.access.addCredential(material.loginHash, { tenantId, certificateId }),
    ...(notice === undefined ? [] : [context.notices.addNotice(notice)]),
    ...context.endOrder(certificate, { status: "issued", der }),
    ...superseding,
    context.audit.record({
      tenantId,
      at: now,
      actor: { kind: "system", name: "issuer" },
      action: "certificate.issue",
      subject: certificateId,
      facts: { serialNumber: certificate.serialNumber },
    }),
  ]);
  if (!(await committed(finished))) return { certificate, notice: undefined, superseded: false };
  return { certificate, notice, superseded: superseding.length > 0 };
}
