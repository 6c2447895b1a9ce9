import type { Ports } from "../certificates/ports.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Certificate, Certificates, Issuer, PlannedRevocation } from "../certificates/certificate.ts";
import { isOf, type Of } from "../certificates/selected.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import { readCertificate } from "../pki/certificate.ts";
import { Refusal } from "../refusal.ts";
import type { Admissions } from "../registry/administrator.ts";
import { licenceReleaseWrites } from "../registry/licences.ts";
import type { Write } from "../transaction/write.ts";

export type RevocationContext = Pick<Ports, "certificates" | "ledger" | "subscribers" | "tenants" | "audit"> & {
  /** Given to the functions that may revoke administrators' certificates. */
  readonly admissions?: Pick<Admissions, "end">;
};

export type RevokeContext = RevocationContext & Pick<Ports, "now" | "commit">;

export type RevokeRequest = {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly reason: RevocationReason;
  readonly actor: Actor;
  /** The plan that is being carried out: fails if it was changed or cancelled meanwhile. */
  readonly due?: PlannedRevocation;
  readonly of?: Of;
  /** Who changes the service's count of licences (`licenceReleaseWrites`). */
  readonly licence?: "caller";
};

export type Revoked = { readonly certificate: Certificate; readonly issuer: Issuer };

/**
 * Revokes a certificate now: row, ledger, licence and audit in one transaction, which also ends a planned revocation and
 * does `also`. The CRL follows from the ledger; asking for its publication is the caller's next step.
 */
export async function revoke(
  context: RevokeContext,
  request: RevokeRequest,
  also: (revoked: Revoked) => readonly Write[] = () => [],
): Promise<Revoked> {
  const certificate = await liveCertificate(context, request);
  const { state, writes } = await revocationWrites(context, certificate, { ...request, now: context.now() });
  const { revokeOn: _ended, ...unplanned } = certificate;
  const revoked = { certificate: { ...unplanned, state }, issuer: certificate.issuer };
  await context.commit([...also(revoked), ...writes]);
  return revoked;
}

/** The instant in whole seconds, as a CRL has it. */
export const revocationInstant = (now: Date): string => new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString();

/** What revoking one certificate writes, whoever holds it: row, ledger, licence or admission, audit. */
export async function revocationWrites(
  context: RevocationContext,
  certificate: Live,
  {
    reason,
    actor,
    now,
    due,
    licence,
  }: Pick<RevokeRequest, "reason" | "actor" | "due" | "licence"> & { readonly now: Date },
) {
  const { tenantId, certificateId, issuer, serialNumber, notAfter } = certificate;
  const revokedAt = revocationInstant(now);
  const { issuedAt } = certificate.state;
  const state = { status: "revoked", issuedAt, revokedAt, revocationReason: reason } as const;
  const writes: readonly Write[] = [
    context.certificates.move(certificate, ["issued", "downloaded"], state, { due }),
    context.ledger.add({ issuer, serialNumber, revokedAt, reason, notAfter }),
    ...licenceReleaseWrites(context, certificate, licence),
    ...(await admissionWrites(context, certificate)),
    context.audit.record({
      tenantId,
      at: now,
      actor,
      action: "certificate.revoke",
      subject: certificateId,
      facts: { reason, serialNumber, ...(due ? { due: due.at, planned: due.plannedAt } : {}) },
    }),
  ];
  return { state, writes };
}

/** An administrator's certificate opens the admin site no longer. */
export async function admissionWrites(
  context: RevocationContext,
  { tenantId, certificateId, holder }: Live,
): Promise<readonly Write[]> {
  if (holder.kind !== "administrator") return [];
  const der = await context.certificates.findDer(tenantId, certificateId);
  if (der === undefined) throw new Error(`${certificateId} is issued, but its certificate is missing`);
  if (context.admissions === undefined) throw new Error("this function revokes no administrator's certificate");
  return [context.admissions.end(readCertificate(der).sha256)];
}

export type Live = Certificate & {
  readonly state: { readonly status: "issued" | "downloaded"; readonly issuedAt: string };
};

/** Whether it can be revoked. */
export const isLive = (certificate: Certificate): certificate is Live =>
  certificate.state.status === "issued" || certificate.state.status === "downloaded";

/** The certificate while it can be revoked; refuses otherwise, and says why. */
export async function liveCertificate(
  context: { readonly certificates: Pick<Certificates, "find"> },
  { tenantId, certificateId, of }: Pick<RevokeRequest, "tenantId" | "certificateId" | "of">,
): Promise<Live> {
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate === undefined || (of !== undefined && !isOf(certificate, of))) throw new Refusal("notFound");
  if (isLive(certificate)) return certificate;
  throw new Refusal(certificate.state.status === "issuing" ? "stillIssuing" : "notLive");
}
