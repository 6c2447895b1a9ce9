import type { AuditAction } from "../contract/audit.ts";
import { downloadability, type Obstacle } from "../certificates/downloadability.ts";
import type { MailPorts } from "../notices/ports.ts";
import { resending } from "../notices/resend.ts";
import { Refusal } from "../refusal.ts";
import type { Administrator } from "../registry/administrator.ts";
import { newActId, newId, tenantOf } from "../registry/identifier.ts";
import { type Changes, changesBetween } from "../transaction/changes.ts";
import { administratorCertificate } from "./administrator-certificate.ts";
import {
  certificatesOf,
  inForce,
  revokeAdministrator,
  type RevokeAdministratorContext,
  revokedAlready,
} from "./revoke-administrator.ts";
import { type Operator, unknown, type Verbs } from "./run.ts";

export type AdministratorContext = RevokeAdministratorContext &
  Pick<MailPorts, "random" | "brand" | "materials" | "orders" | "sendIssuances" | "sendNotice" | "sendPublication"> & {
    readonly notices: Pick<MailPorts["notices"], "addNotice">;
    readonly administratorsAuthorityEnd: () => Promise<Date>;
  };

/** The notices of a revocation to every administrator are in its transaction: this many fit into one. */
const most = 50;
/** Certificates of one administrator that may be in force simultaneously: a reissue may revoke them all in its own transaction. */
const mostCertificates = 10;

/** Administrators: their certificates go the same road as everybody's, under an authority of their own. */
export const administratorVerbs = (context: AdministratorContext) => {
  const recorded = (
    { tenantId, administratorId }: Administrator,
    actor: Operator,
    action: AuditAction,
    changes: Changes = {},
  ) => context.audit.record({ tenantId, at: context.now(), actor, action, subject: administratorId, changes });

  return {
    "administrator create": async (options, actor) => {
      const [tenant, others] = await Promise.all([
        context.tenants.findTenant(options.tenant),
        context.administrators.listAdministrators(options.tenant),
      ]);
      if (tenant === undefined) throw unknown(options.tenant);
      const living = others.filter(({ status }) => status !== "revoked");
      if (living.length >= most) throw new Refusal("usage", { detail: `a tenant has at most ${most} administrators` });
      const same = living.find(({ email }) => email.toLowerCase() === options.email.toLowerCase());
      if (same !== undefined) {
        const { email, administratorId: administrator } = same;
        const detail = `${email} is the address of ${administrator} already; resend to it, reissue or revoke it`;
        throw new Refusal("exists", { email, administrator, detail });
      }
      const { tenantId } = tenant;
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
      const certificate = await administratorCertificate(context, tenant, administrator);
      await context.commit([
        context.administrators.addAdministrator(administrator),
        ...context.certificates.add(certificate),
        context.orders.add(certificate),
        recorded(administrator, actor, "administrator.create", changesBetween(undefined, administrator)),
      ]);
      await context.sendIssuances([certificate]);
      return { administratorId: administrator.administratorId };
    },
    "administrator list": async ({ tenant }) => {
      if (tenant !== undefined && (await context.tenants.findTenant(tenant)) === undefined) throw unknown(tenant);
      const tenantIds = tenant ? [tenant] : (await context.tenants.listTenants()).map(({ tenantId }) => tenantId);
      const found: Administrator[] = [];
      for (const tenantId of tenantIds) found.push(...(await context.administrators.listAdministrators(tenantId)));
      return Promise.all(
        found.map(async (administrator) => ({
          ...administrator,
          // "active" means admitted: whether the file was ever fetched is the certificate's to say.
          certificateStatus: (await context.certificates.find(administrator.tenantId, administrator.certificateId))
            ?.state.status,
        })),
      );
    },
    "administrator resend": async ({ administrator: administratorId }, actor) => {
      const { administrator, newest } = await settled(context, administratorId);
      if (administrator.status === "revoked") throw revokedAlready(administratorId);
      const now = context.now();
      const material = await context.materials.find(newest.tenantId, newest.certificateId);
      const able = downloadability(newest, material, now);
      if ("obstacle" in able) {
        const detail = `${obstacles[able.obstacle](administratorId)}; "administrator reissue" orders another`;
        throw new Refusal("notLive", { detail });
      }
      const request = { actId: newActId(context.random), now };
      const { notice, writes } = resending(context, newest, request);
      await context.commit([...writes, recorded(administrator, actor, "administrator.resend")]);
      await context.sendNotice(notice.tenantId, notice.noticeId);
      return { administratorId, sentTo: administrator.email };
    },
    /**
     * Orders another certificate. What was in force stays so to its own end, for its holder may need it to sign in
     * until the new one is set up; with `--now` it is revoked in the transaction that issues the new one.
     */
    "administrator reissue": async ({ administrator: administratorId, now }, actor) => {
      const { administrator, live } = await settled(context, administratorId);
      if (administrator.status === "revoked") throw revokedAlready(administratorId);
      const { tenantId } = administrator;
      const inForce = live.map((one) => one.certificateId);
      if (now !== true && inForce.length >= mostCertificates) {
        const detail = `${administratorId} has ${inForce.length} certificates in force; --now ends them with the reissue`;
        throw new Refusal("usage", { detail });
      }
      const tenant = await context.tenants.findTenant(tenantId);
      if (tenant === undefined) throw unknown(tenantId);
      const certificateId = newId(tenantId, "certificate", context.random);
      const supersedes = now === true && inForce.length > 0 ? { certificateIds: inForce, actor } : undefined;
      const ordered = await administratorCertificate(context, tenant, { ...administrator, certificateId }, supersedes);
      const changed = { ...administrator, certificateId, earlierCertificateIds: inForce };
      await context.commit([
        context.administrators.replaceCertificate(administrator, certificateId, inForce),
        ...context.certificates.add(ordered),
        context.orders.add(ordered),
        recorded(administrator, actor, "administrator.reissue", changesBetween(administrator, changed)),
      ]);
      await context.sendIssuances([ordered]);
      return { administratorId, certificateId };
    },
    "administrator revoke": async ({ administrator: administratorId }, actor) => ({
      administratorId,
      ...(await revokeAdministrator(context, administratorId, actor)),
    }),
  } satisfies Partial<Verbs>;
};

/** Why the mails of an administrator's newest certificate lead nowhere. */
const obstacles: Readonly<Record<Obstacle, (administratorId: string) => string>> = {
  issuing: (id) => `the certificate of ${id} is being issued`,
  failed: (id) => `no certificate could be issued to ${id}`,
  revoked: (id) => `the certificate of ${id} was revoked`,
  expired: (id) => `the certificate of ${id} has expired`,
  keyDestroyed: (id) => `the private key of ${id} was destroyed when its time for downloading was over`,
};

/** An administrator whose newest certificate is issued or has failed, and all of theirs that are in force. */
async function settled(context: AdministratorContext, administratorId: string) {
  const tenantId = tenantOf(administratorId);
  const administrator = await context.administrators.findAdministrator(tenantId, administratorId);
  if (administrator === undefined) throw unknown(administratorId);
  const certificates = await certificatesOf(context, administrator);
  const newest = certificates.find(({ certificateId }) => certificateId === administrator.certificateId);
  if (newest === undefined) throw unknown(administrator.certificateId);
  if (newest.state.status === "issuing") {
    const detail = `a certificate of ${administratorId} is being issued; try again in a moment`;
    throw new Refusal("stillIssuing", { detail });
  }
  return { administrator, newest, live: inForce(context, certificates) };
}
