import type { Ports } from "../certificates/ports.ts";
import type { Permit } from "../certificates/sealing.ts";
import type { AdministratorsKind } from "../notices/mails.ts";
import type { MailPorts } from "../notices/ports.ts";
import { type Act, noticesToAdministrators, type ToAdministratorsContext } from "../notices/to-administrators.ts";
import type { Actor, AuditEntry } from "../transaction/audit.ts";
import type { Write } from "../transaction/write.ts";

export type HandOutContext = Pick<Ports, "commit" | "audit"> &
  ToAdministratorsContext & {
    readonly notices: Pick<MailPorts["notices"], "addNotice">;
    readonly sendNotices: MailPorts["sendNotices"];
  };

/** Who may take what is another's. */
export type Taker = Extract<Actor, { kind: "operator" | "administrator" }>;
/** The mails that announce an export. */
type ExportKind = Extract<AdministratorsKind, "credential-shown" | "package-taken">;

type Line = Pick<AuditEntry, "action" | "subject"> & { readonly facts?: NonNullable<AuditEntry["facts"]> };

/**
 * Hands keys or passwords of a tenant's subscribers to an operator or an administrator. The audit's line, the notices to
 * all administrators of the tenant are committed together; only then `release` opens the secret or signs the link. Whoever takes it is among those who are told: a stolen certificate is noticed by its owner.
 */
export async function handOut<K extends ExportKind, T>(
  context: HandOutContext,
  act: Act<K> & { readonly actor: Taker },
  { line }: { readonly line: Line },
  release: (permit: Permit) => Promise<T>,
): Promise<T> {
  const { tenantId, actor, at } = act;
  const notices = await noticesToAdministrators(context, act, ["active", "invited"]);
  await context.commit([
    context.audit.record({ tenantId, at, actor, ...line }),
    ...notices.map((notice) => context.notices.addNotice(notice)),
  ]);
  if (notices.length > 0) await context.sendNotices(notices);
  return release(permit);
}

/** Hands a certificate's own holder the key or the password: audited, and announced to nobody. */
export async function handToHolder<T>(
  context: Pick<Ports, "commit" | "audit">,
  entry: AuditEntry & { readonly actor: Extract<Actor, { kind: "holder" }> },
  also: readonly Write[],
  release: (permit: Permit) => Promise<T>,
): Promise<T> {
  await context.commit([...also, context.audit.record(entry)]);
  return release(permit);
}

/** Opens what is only packed into another closed place, from where `handOut` alone gives it away. */
export const packing = <T>(pack: (permit: Permit) => Promise<T>): Promise<T> => pack(permit);

const permit = {} as Permit;
