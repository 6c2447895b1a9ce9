import type { Actor, Audit } from "../audit/audit.ts";
import type { Certificate, Certificates, Issuer } from "../certificates/certificate.ts";
import { issuedNotice } from "../enrollment/announce.ts";
import { standardPeriod } from "../enrollment/period.ts";
import type { Notices } from "../notices/notice.ts";
import { readCertificate } from "../pki/certificate.ts";
import { keyKindFor } from "../pki/keys.ts";
import { newSerial } from "../pki/serial.ts";
import { Refusal } from "../refusal.ts";
import type { Administrator, Administrators } from "../registry/administrator.ts";
import { newId, type Random, tenantOf } from "../registry/identifier.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Commit } from "../transaction/write.ts";
import type { Verbs } from "./run.ts";

export type AdministratorContext = {
  readonly now: () => Date;
  readonly random: Random;
  readonly brand: string;
  readonly commit: Commit;
  readonly tenants: Tenants;
  readonly administrators: Administrators;
  readonly certificates: Certificates;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly administratorsAuthorityEnd: () => Promise<Date>;
  readonly sendIssuance: (tenantId: string, certificateId: string) => Promise<void>;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
};

const operator = (name: string): Actor => ({ kind: "operator", name });
/** Every administrator hears of a revocation, in its own transaction: this many still fit into one. */
const most = 50;
const validityMonths = 24;

/** Administrators: their certificates go the same road as everybody's, under an authority of their own. */
export const administratorVerbs = (context: AdministratorContext) =>
  ({
    "administrator create": async (options, actor) => {
      const [tenant, others, authorityEnd] = await Promise.all([
        context.tenants.findTenant(options.tenant),
        context.administrators.listAdministrators(options.tenant),
        context.administratorsAuthorityEnd(),
      ]);
      if (tenant === undefined) throw new Refusal("notFound");
      const living = others.filter(({ status }) => status !== "revoked");
      if (living.length >= most) throw new Refusal("usage", { detail: `a tenant has at most ${most} administrators` });
      if (living.some(({ email }) => email.toLowerCase() === options.email.toLowerCase())) throw new Refusal("exists");
      const { tenantId } = tenant;
      const now = context.now();
      const administrator: Administrator = {
        tenantId,
        administratorId: newId(tenantId, "administrator", context.random),
        name: options.name,
        englishName: options["english-name"],
        email: options.email,
        language: options.language,
        certificateId: newId(tenantId, "certificate", context.random),
        status: "invited",
      };
      const period = standardPeriod(validityMonths, now, authorityEnd);
      const certificate: Certificate = {
        tenantId,
        certificateId: administrator.certificateId,
        issuer: "administrators",
        holder: { kind: "administrator", administratorId: administrator.administratorId, name: administrator.name },
        certificateEmail: administrator.email,
        device: "01",
        serialNumber: newSerial(),
        subject: {
          commonName: administrator.englishName,
          organizationalUnits: [context.brand],
          organization: tenant.englishName,
        },
        key: keyKindFor("auto", period.notAfter),
        notBefore: period.notBefore.toISOString(),
        notAfter: period.notAfter.toISOString(),
        requestedAt: now.toISOString(),
        correspondence: { language: administrator.language, companyName: tenant.name },
        state: { status: "issuing" },
      };
      await context.commit([
        context.administrators.addAdministrator(administrator),
        ...context.certificates.order(certificate),
        context.audit.record({
          tenantId,
          at: now,
          actor: operator(actor),
          action: "administrator.create",
          subject: administrator.administratorId,
        }),
      ]);
      await context.sendIssuance(tenantId, certificate.certificateId);
      return { administratorId: administrator.administratorId };
    },
    "administrator list": async ({ tenant }) => {
      const tenantIds = tenant ? [tenant] : (await context.tenants.listTenants()).map(({ tenantId }) => tenantId);
      const found: Administrator[] = [];
      for (const tenantId of tenantIds) found.push(...(await context.administrators.listAdministrators(tenantId)));
      return found;
    },
    "administrator resend": async ({ administrator: administratorId }, actor) => {
      const { certificate, administrator } = await issuedTo(context, administratorId);
      const now = context.now();
      const notice = issuedNotice(context, certificate, now);
      await context.commit([
        context.notices.addNotice(notice),
        context.audit.record({
          tenantId: administrator.tenantId,
          at: now,
          actor: operator(actor),
          action: "administrator.resend",
          subject: administratorId,
        }),
      ]);
      await context.sendNotice(notice.tenantId, notice.noticeId);
      return { administratorId, sentTo: administrator.email };
    },
    "administrator revoke": async ({ administrator: administratorId }, actor) => {
      const { certificate, administrator, issuedAt } = await issuedTo(context, administratorId);
      const now = context.now();
      const revokedAt = new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString();
      const { tenantId, certificateId, serialNumber, notAfter, issuer } = certificate;
      const der = await context.certificates.findDer(tenantId, certificateId);
      if (der === undefined) throw new Error(`${certificateId} is issued, but its certificate is missing`);
      const reason = "unspecified";
      await context.commit([
        context.administrators.markAdministrator(tenantId, administratorId, "revoked"),
        context.administrators.dismiss({ fingerprint: readCertificate(der).sha256 }),
        context.certificates.move(certificate, ["issued", "downloaded"], {
          status: "revoked",
          issuedAt,
          revokedAt,
          revocationReason: reason,
        }),
        context.certificates.addToLedger({ issuer, serialNumber, revokedAt, reason, notAfter }),
        context.audit.record({
          tenantId,
          at: now,
          actor: operator(actor),
          action: "administrator.revoke",
          subject: administratorId,
        }),
      ]);
      await context.sendPublication(issuer, "revocation");
      return { administratorId: administrator.administratorId, revokedAt };
    },
  }) satisfies Partial<Verbs>;

/** An administrator with a live certificate. */
async function issuedTo(context: AdministratorContext, administratorId: string) {
  const tenantId = tenantOf(administratorId);
  const administrator = await context.administrators.findAdministrator(tenantId, administratorId);
  const certificate = administrator && (await context.certificates.find(tenantId, administrator.certificateId));
  if (administrator === undefined || certificate === undefined) throw new Refusal("notFound");
  const { state } = certificate;
  if (state.status === "issuing") throw new Refusal("stillIssuing");
  if (state.status === "failed" || state.status === "revoked") throw new Refusal("notLive");
  return { administrator, certificate, issuedAt: state.issuedAt };
}
