import type { Audit } from "../transaction/audit.ts";
import { type Authority, type AuthorityName, repositoryKeys } from "../authority/authority.ts";
import type { Certificate, Certificates, Issuer, Material } from "../certificates/certificate.ts";
import type { Seal } from "../certificates/sealing.ts";
import type { Access } from "../access/access.ts";
import { loginHash } from "../access/login.ts";
import type { Imports } from "../imports/job.ts";
import type { Notices } from "../notices/notice.ts";
import { readCertificate } from "../pki/certificate.ts";
import { type DigestSigner, issue as sign, LintError, prepare, type Prepared } from "../pki/issuance.ts";
import type { KeyKind, KeyPair } from "../pki/keys.ts";
import { newPassword } from "../pki/password.ts";
import { ProfileError } from "../pki/profile-error.ts";
import { leafTbs } from "../pki/profile.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import type { Subscribers } from "../registry/subscriber.ts";
import type { Tenants } from "../registry/tenant.ts";
import { type Commit, committed } from "../transaction/write.ts";
import { supersedingWrites } from "../revocation/supersede.ts";
import { issuedNotice } from "../notices/issued.ts";
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
  readonly imports: Pick<Imports, "endRow">;
  readonly generateKey: (kind: KeyKind) => Promise<KeyPair>;
  readonly seal: Seal;
  readonly authority: (name: AuthorityName) => Promise<Authority>;
  readonly signer: (issuer: Issuer) => DigestSigner;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
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
  const found = await context.certificates.findWhole(tenantId, certificateId);
  if (found?.certificate.state.status !== "issuing") return "nothing to do";
  const { certificate } = found;
  const authority = await context.authority(certificate.issuer);
  try {
    const { material, prepared } = await materialOf(context, certificate, authority, found.material);
    await finish(context, certificate, await sign(prepared, context.signer(certificate.issuer)), material);
    return "issued";
  } catch (error) {
    if (!(error instanceof ProfileError) && !(error instanceof LintError)) throw error;
    const code = error instanceof LintError ? "lintRefused" : "profileRefused";
    await fail(context, certificate, { error: code, detail: error.message }, { kind: "system", name: "issuer" });
    return "failed";
  }
}

/**
 * The stored material, made first if there is none, linted either way. Of a race the loser throws its
 * key away: what was stored first is what is signed.
 */
async function materialOf(
  context: IssueContext,
  certificate: Certificate,
  authority: Authority,
  stored: Material | undefined,
): Promise<{ readonly material: Material; readonly prepared: Prepared }> {
  const { tenantId, certificateId } = certificate;
  const linted = (material: Material) => ({ material, prepared: prepare(material.tbs, authority.certificate) });
  if (stored !== undefined) return linted(stored);
  const made = linted(await makeMaterial(context, certificate, authority));
  if (await context.certificates.keepMaterial(tenantId, certificateId, made.material)) return made;
  const winner = await context.certificates.findMaterial(tenantId, certificateId);
  if (winner === undefined) throw new Error("the issuance was ended meanwhile, or its material cannot be read back");
  return linted(winner);
}

/** A key pair and its password, sealed, and the TBS that names the key. */
async function makeMaterial(context: IssueContext, certificate: Certificate, authority: Authority): Promise<Material> {
  const { pkcs8, spki } = await context.generateKey(certificate.key);
  const password = newPassword();
  const bound = { tenant: certificate.tenantId, certificate: certificate.certificateId };
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
    upn: certificate.principalName,
  });
  return { sealedKey, sealedPassword, tbs, loginHash: loginHash(certificate.certificateEmail, password) };
}

/**
 * One transaction: the row is "issued", the password opens it, the mails are owed, the administrator
 * is let in, what it supersedes is revoked, and the row of a file that ordered it is done.
 */
async function finish(
  context: IssueContext,
  certificate: Certificate,
  der: Uint8Array,
  material: Material,
): Promise<void> {
  const now = context.now();
  const { tenantId, certificateId, holder, importRow } = certificate;
  const notice = importRow?.bulkDownload === true ? undefined : issuedNotice(context, certificate, now);
  const superseding = await supersedingWrites(context, certificate, now);
  const issued = await committed(
    context.commit([
      context.certificates.move(certificate, ["issuing"], { status: "issued", issuedAt: now.toISOString() }),
      context.certificates.addDer(tenantId, certificateId, der),
      context.access.addCredential(material.loginHash, { tenantId, certificateId }),
      ...(notice === undefined ? [] : [context.notices.addNotice(notice)]),
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
            context.administrators.markAdministrator(
              { tenantId, administratorId: holder.administratorId, certificateId },
              "active",
            ),
          ]
        : []),
      ...(importRow === undefined
        ? []
        : context.imports.endRow({ tenantId, ...importRow }, "issuing", { state: "done" })),
      ...superseding,
      context.audit.record({
        tenantId,
        at: now,
        actor: { kind: "system", name: "issuer" },
        action: "certificate.issue",
        subject: certificateId,
        facts: { serialNumber: certificate.serialNumber },
      }),
    ]),
  );
  // Another call has issued the same certificate: its certificate holds, and its notice.
  if (!issued) return;
  if (notice !== undefined) await context.sendNotice(tenantId, notice.noticeId);
  if (superseding.length > 0) await context.sendPublication(certificate.issuer, "revocation");
}
