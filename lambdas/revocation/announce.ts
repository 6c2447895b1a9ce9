import type { Actor } from "../transaction/audit.ts";
import { type AdministratorsNotice, newNotice, type Notice } from "../notices/notice.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";

type AnnounceContext = {
  readonly random: Random;
  readonly administrators: Pick<Administrators, "listAdministrators">;
};

/** What the mail tells, apart from whom it goes to. */
export type Announcement = AdministratorsNotice & { readonly actor: Actor };

/** A notice to every active administrator of the tenant; it names who acted. */
export async function announcement(
  context: AnnounceContext,
  tenantId: string,
  what: Announcement,
  now: Date,
): Promise<readonly Notice[]> {
  const administrators = await context.administrators.listAdministrators(tenantId);
  const common = { ...what, createdAt: now.toISOString() };
  return administrators
    .filter((administrator) => administrator.status === "active")
    .map((administrator) => newNotice(context, administrator, common));
}
