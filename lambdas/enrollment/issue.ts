import type { Audit } from "../audit/audit.ts";
import { type Authority, type AuthorityName, repositoryKeys } from "../authority/authority.ts";
import type { Certificate, Certificates, Issuer, Material } from "../certificates/certificate.ts";
import type { Seal } from "../certificates/sealing.ts";
import type { Access } from "../access/access.ts";
import { loginHash } from "../access/login.ts";
import type { Notices } from "../notices/notice.ts";
import { readCertificate } from "../pki/certificate.ts";
import { type DigestSigner, issue as sign, LintError, prepare } from "../pki/issuance.ts";
import { generateKey } from "../pki/keys.ts";
import { newPassword } from "../pki/password.ts";
import { ProfileError } from "../pki/profile-error.ts";
import { leafTbs } from "../pki/profile.ts";
import { Refusal } from "../refusal.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import type { Subscribers } from "../registry/subscriber.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Commit } from "../transaction/write.ts";
import { issuedNotices } from "./announce.ts";
import { fail } from "./fail.ts";

export type IssueContext = {
  readonly now: () => Date;
  readonly random: Random;
  readonly repositoryUrl: string;
  readonly policies: readonly string[];
  readonly commit: Commit;
  readonly certificates: Certificates;
  readonly tenants: Tenants;
  readonly administrators: Administrators;
  readonly subscribers: Subscribers;
  readonly access: Access;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly seal: Seal;
  readonly authority: (name: AuthorityName) => Promise<Authority>;
  readonly signer: (issuer: Issuer) => DigestSigner;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
};

/**
 * Brings one "issuing" certificate to "issued": material first (stored before anything is signed),
 * then the signature, then one transaction for row, credential, notices and audit. Every step may
 * be repeated or raced: the first stored result stands, so a serial never has two contents.
 */
export async function issueCertificate(
  context: IssueContext,
  tenantId: string,
  certificateId: string,
): Promise<"issued" | "failed" | "nothing to do"> {
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate?.state.status !== "issuing") return "nothing to do";
  const authority = await context.authority(certificate.issuer);
  try {
    const material = await materialOf(context, certificate, authority);
    const prepared = prepare(material.tbs, authority.certificate);
    const der =
      (await context.certificates.findDer(tenantId, certificateId)) ??
      (await context.certificates.keepDer(
        tenantId,
        certificateId,
        await sign(prepared, context.signer(certificate.issuer)),
      ));
    await finish(context, certificate, der, material);
    return "issued";
  } catch (error) {
    if (!(error instanceof ProfileError) && !(error instanceof LintError)) throw error;
    await fail(context, certificate, error.message, { kind: "system", name: "issuer" });
    return "failed";
  }
}

/** The stored material, made first if there is none. Of a race the loser throws its key away. */
async function materialOf(
  context: IssueContext,
  certificate: Certificate,
  authority: Authority,
): Promise<Material> {
  const { tenantId, certificateId } = certificate;
  const stored = await context.certificates.findMaterial(tenantId, certificateId);
  if (stored !== undefined) return stored;
  const { pkcs8, spki } = await generateKey(certificate.key);
  const password = newPassword();
  const bound = { tenant: tenantId, certificate: certificateId };
  const [sealedKey, sealedPassword] = await Promise.all([
    context.seal({ ...bound, part: "key" }, pkcs8),
    context.seal({ ...bound, part: "password" }, Buffer.from(password, "ascii")),
  ]);
  const tbs = leafTbs({
    serialNumber: certificate.serialNumber,
    notBefore: new Date(certificate.notBefore),
    notAfter: new Date(certificate.notAfter),
    publicKey: spki,
    authority: authority.certificate,
    distributionPoint: context.repositoryUrl + repositoryKeys.crl(certificate.issuer),
    caIssuers: context.repositoryUrl + repositoryKeys.certificate(certificate.issuer),
    subject: { email: certificate.certificateEmail, country: "JP", ...certificate.subject },
    policies: context.policies,
  });
  // Linted before it is kept: what is stored may be signed.
  prepare(tbs, authority.certificate);
  const material = { sealedKey, sealedPassword, tbs, loginHash: loginHash(certificate.certificateEmail, password) };
  if (await context.certificates.keepMaterial(tenantId, certificateId, material)) return material;
  const winner = await context.certificates.findMaterial(tenantId, certificateId);
  if (winner === undefined) throw new Error("the issuance was ended meanwhile, or its material cannot be read back");
  return winner;
}

/** One transaction: the row is "issued", the password opens it, the mails are owed, the administrator is let in. */
async function finish(
  context: IssueContext,
  certificate: Certificate,
  der: Uint8Array,
  material: Material,
): Promise<void> {
  const now = context.now();
  const { tenantId, certificateId, holder } = certificate;
  const notices = await issuedNotices(context, certificate, now);
  try {
    await context.commit([
      context.certificates.move(certificate, ["issuing"], { status: "issued", issuedAt: now.toISOString() }),
      context.access.addCredential(material.loginHash, { tenantId, certificateId }),
      ...notices.map((notice) => context.notices.addNotice(notice)),
      ...(holder.kind === "administrator"
        ? [
            context.administrators.admit({
              fingerprint: readCertificate(der).sha256,
              tenantId,
              administratorId: holder.administratorId,
              certificateId,
              notAfter: certificate.notAfter,
              status: "active",
            }),
            context.administrators.markAdministrator(tenantId, holder.administratorId, "active"),
          ]
        : []),
      context.audit.record({
        tenantId,
        at: now,
        actor: { kind: "system", name: "issuer" },
        action: "certificate.issue",
        subject: certificateId,
        facts: { serialNumber: certificate.serialNumber },
      }),
    ]);
  } catch (error) {
    // Somebody else finished the same certificate: theirs stands, and their notices.
    if (error instanceof Refusal && error.kind === "changedMeanwhile") return;
    throw error;
  }
  for (const notice of notices) await context.sendNotice(tenantId, notice.noticeId);
}
