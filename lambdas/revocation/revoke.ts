import type { Actor, Audit } from "../audit/audit.ts";
import type { Certificate, Certificates, Issuer, PlannedRevocation } from "../certificates/certificate.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import { releaseLicence } from "../enrollment/fail.ts";
import type { Notice, Notices } from "../notices/notice.ts";
import { Refusal } from "../refusal.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import type { Subscribers } from "../registry/subscriber.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Commit, Write } from "../transaction/write.ts";
import { announcement } from "./announce.ts";

export type RevokeContext = {
  readonly now: () => Date;
  readonly random: Random;
  readonly commit: Commit;
  readonly certificates: Certificates;
  readonly administrators: Administrators;
  readonly subscribers: Subscribers;
  readonly tenants: Tenants;
  readonly notices: Notices;
  readonly audit: Audit;
};

export type RevokeOrder = {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly reason: RevocationReason;
  readonly actor: Actor;
  /** The plan that is being carried out: lost when it was changed or cancelled meanwhile. */
  readonly due?: PlannedRevocation;
  /** No notice of its own: that of a job or of a night tells of many at once. */
  readonly silent?: boolean;
};

export type Revoked = {
  readonly certificate: Certificate;
  readonly issuer: Issuer;
  readonly notices: readonly Notice[];
};

/**
 * Revokes a certificate now: row, ledger, licence, notices and audit in one transaction, which also
 * ends a planned revocation. The CRL follows from the ledger; asking for its publication, and sending
 * the notices, is the caller's next step.
 */
export async function revoke(
  context: RevokeContext,
  order: RevokeOrder,
  also: (revoked: Revoked) => readonly Write[] = () => [],
): Promise<Revoked> {
  const { tenantId, certificateId, reason, actor, due } = order;
  const certificate = await liveCertificate(context, order);
  const now = context.now();
  const revokedAt = new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString();
  const state = {
    status: "revoked",
    issuedAt: certificate.state.issuedAt,
    revokedAt,
    revocationReason: reason,
  } as const;
  const what = { kind: "revocation", certificateIds: [certificateId], actor } as const;
  const notices = order.silent === true ? [] : await announcement(context, tenantId, what, now);
  const { revokeOn: _ended, ...standing } = certificate;
  const revoked = { certificate: { ...standing, state }, issuer: certificate.issuer, notices };
  await context.commit([
    ...also(revoked),
    context.certificates.move(certificate, ["issued", "downloaded"], state, due),
    context.certificates.addToLedger({
      issuer: certificate.issuer,
      serialNumber: certificate.serialNumber,
      revokedAt,
      reason,
      notAfter: certificate.notAfter,
    }),
    ...releaseLicence(context, certificate),
    ...notices.map((notice) => context.notices.addNotice(notice)),
    context.audit.record({
      tenantId,
      at: now,
      actor,
      action: "certificate.revoke",
      subject: certificateId,
      facts: {
        reason,
        serialNumber: certificate.serialNumber,
        ...(due ? { due: due.at, planned: due.plannedAt } : {}),
      },
    }),
  ]);
  return revoked;
}

type Live = Certificate & { readonly state: { readonly status: "issued" | "downloaded"; readonly issuedAt: string } };

/** The certificate while it can be revoked; refuses otherwise, and says why. */
export async function liveCertificate(
  context: { readonly certificates: Pick<Certificates, "find"> },
  { tenantId, certificateId }: Pick<RevokeOrder, "tenantId" | "certificateId">,
): Promise<Live> {
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate === undefined) throw new Refusal("notFound");
  const { state } = certificate;
  if (state.status === "issuing") throw new Refusal("stillIssuing");
  if (state.status === "failed" || state.status === "revoked") throw new Refusal("notLive");
  return { ...certificate, state };
}
