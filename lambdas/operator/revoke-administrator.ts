import type { Certificate } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import type { StoppedFile } from "../notices/mails/administrator-revoked.ts";
import type { MailPorts } from "../notices/ports.ts";
import { noticesToAdministrators, type ToAdministratorsContext } from "../notices/to-administrators.ts";
import { fail } from "../issuance/fail.ts";
import { Refusal } from "../refusal.ts";
import type { Administrator } from "../registry/administrator.ts";
import { tenantOf } from "../registry/identifier.ts";
import { admissionWrites, isLive, type Live, revoke, type RevokeContext } from "../revocation/revoke.ts";
import { committed } from "../transaction/write.ts";
import { changesBetween } from "../transaction/changes.ts";
import { plansBy, type RevokedWorkContext, stopFiles } from "./revoked-work.ts";
import { type Operator, unknown } from "./run.ts";

export type RevokeAdministratorContext = RevokeContext &
  RevokedWorkContext &
  ToAdministratorsContext &
  Pick<MailPorts, "administrators" | "materials" | "sendPublication" | "sendNotices"> & {
    readonly notices: Pick<MailPorts["notices"], "addNotice">;
  };

/**
 * Shuts an administrator out, whatever else is under way: the first transaction ends their authority and every admission.
 * Then their certificates in force are revoked, their files stopped, and what is being issued to them ends as failed; at
 * last the tenant's other administrators are told. Asked again, it does what a broken run has left; refused once nothing
 * is left. Revocations that they have planned stay: these protect.
 */
export async function revokeAdministrator(
  context: RevokeAdministratorContext,
  administratorId: string,
  actor: Operator,
): Promise<{
  readonly revoked: readonly string[];
  readonly ended: readonly string[];
  readonly stopped: readonly string[];
}> {
  const tenantId = tenantOf(administratorId);
  const find = async (): Promise<Administrator> => {
    const found = await context.administrators.findAdministrator(tenantId, administratorId);
    if (found === undefined) throw unknown(administratorId);
    return found;
  };
  const before = await find();
  if (before.status !== "revoked") await endAuthority(context, before, actor);
  // Read after that: a revoked administrator gets no other certificate, and none is issued to them any more.
  const administrator = await find();
  if (administrator.revocationTold === true) throw revokedAlready(administratorId);
  const certificates = await certificatesOf(context, administrator);
  const live = inForce(context, certificates);
  const issuing = certificates.filter(({ state }) => state.status === "issuing");
  for (const { certificateId } of live)
    await revoke(context, { tenantId, certificateId, reason: "unspecified", actor });
  if (live.length > 0) await context.sendPublication("administrators", "revocation");
  const files = await stopFiles(context, administrator, actor);
  for (const one of issuing) {
    // No row of a file has ordered it.
    await fail({ ...context, endOrder: () => [] }, one, { error: "holderRevoked" }, actor);
  }
  await tellOthers(context, administrator, files, actor);
  return { revoked: live.map(idOf), ended: issuing.map(idOf), stopped: files.map(({ jobId }) => jobId) };
}

/** As many as the mail lists. */
const listed = 100;

/** One mail about the whole act to each of the others, in the transaction that ends it. */
async function tellOthers(
  context: RevokeAdministratorContext,
  administrator: Administrator,
  files: readonly StoppedFile[],
  actor: Operator,
): Promise<void> {
  const { tenantId, name, englishName, email } = administrator;
  const plans = await plansBy(context, administrator);
  const shown = plans.slice(0, listed);
  const notices = await noticesToAdministrators(context, {
    tenantId,
    kind: "administrator-revoked",
    actor,
    at: context.now(),
    certificateIds: shown.map(idOf),
    count: plans.length,
    told: (language) => ({
      name: { ja: name, en: englishName }[language],
      email,
      files: files.slice(0, listed),
      fileCount: files.length,
      plannedFor: Object.fromEntries(shown.map(({ certificateId, revokeOn }) => [certificateId, revokeOn.at])),
    }),
  });
  const told = await committed(
    context.commit([
      context.administrators.markRevocationTold(administrator),
      ...notices.map((notice) => context.notices.addNotice(notice)),
    ]),
  );
  if (told && notices.length > 0) await context.sendNotices(notices);
}

const idOf = ({ certificateId }: Certificate): string => certificateId;

export const revokedAlready = (administratorId: string): Refusal =>
  new Refusal("notLive", { detail: `${administratorId} was revoked; "administrator create" makes another` });

async function endAuthority(
  context: RevokeAdministratorContext,
  administrator: Administrator,
  actor: Operator,
): Promise<void> {
  const { tenantId, administratorId } = administrator;
  const live = inForce(context, await certificatesOf(context, administrator));
  const admissions = await Promise.all(live.map((one) => admissionWrites(context, one)));
  // Another run of the command may have done it meanwhile.
  await committed(
    context.commit([
      ...context.administrators.markRevoked(administrator),
      ...admissions.flat(),
      context.audit.record({
        tenantId,
        at: context.now(),
        actor,
        action: "administrator.revoke",
        subject: administratorId,
        changes: changesBetween(administrator, { ...administrator, status: "revoked" }),
      }),
    ]),
  );
}

/** The newest one first, and the older ones that were in force when it was ordered. */
export async function certificatesOf(
  context: Pick<Ports, "certificates">,
  { tenantId, certificateId, earlierCertificateIds = [] }: Administrator,
): Promise<readonly Certificate[]> {
  const found = await Promise.all(
    [certificateId, ...earlierCertificateIds].map((id) => context.certificates.find(tenantId, id)),
  );
  return found.filter((one) => one !== undefined);
}

export function inForce(context: Pick<Ports, "now">, certificates: readonly Certificate[]): readonly Live[] {
  const now = context.now().toISOString();
  return certificates.filter(isLive).filter(({ notAfter }) => notAfter >= now);
}
