import type { Actor, Audit } from "../audit/audit.ts";
import type { Certificate, Certificates, Issuer } from "../certificates/certificate.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import { releaseLicence } from "../enrollment/fail.ts";
import { newNotice, type Notice, type Notices } from "../notices/notice.ts";
import { Refusal } from "../refusal.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import type { Subscribers } from "../registry/subscriber.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Commit, Write } from "../transaction/write.ts";

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
};

export type Revoked = { readonly certificate: Certificate; readonly issuer: Issuer; readonly notices: readonly Notice[] };

/**
 * Revokes a certificate now: row, ledger, licence, notices and audit in one transaction. The CRL
 * follows from the ledger; asking for its publication, and sending the notices, is the caller's next step.
 */
export async function revoke(
  context: RevokeContext,
  order: RevokeOrder,
  also: (revoked: Revoked) => readonly Write[] = () => [],
): Promise<Revoked> {
  const { tenantId, certificateId, reason, actor } = order;
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate === undefined) throw new Refusal("notFound");
  if (certificate.state.status === "issuing") throw new Refusal("stillIssuing");
  if (certificate.state.status === "failed" || certificate.state.status === "revoked") throw new Refusal("notLive");
  const now = context.now();
  const revokedAt = new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString();
  const state = {
    status: "revoked",
    issuedAt: certificate.state.issuedAt,
    revokedAt,
    revocationReason: reason,
  } as const;
  const notices = await revocationNotices(context, order, now);
  const revoked = { certificate: { ...certificate, state }, issuer: certificate.issuer, notices };
  await context.commit([
    ...also(revoked),
    context.certificates.move(certificate, ["issued", "downloaded"], state),
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
      facts: { reason, serialNumber: certificate.serialNumber },
    }),
  ]);
  return revoked;
}

/** 電子証明書失効通知 goes to every administrator of the tenant, and names who acted. */
async function revocationNotices(context: RevokeContext, order: RevokeOrder, now: Date): Promise<readonly Notice[]> {
  const administrators = await context.administrators.listAdministrators(order.tenantId);
  return administrators
    .filter((administrator) => administrator.status === "active")
    .map((administrator) =>
      newNotice(context, administrator, {
        kind: "revocation",
        certificateIds: [order.certificateId],
        actor: "name" in order.actor ? order.actor.name : "",
        createdAt: now.toISOString(),
      }),
    );
}
