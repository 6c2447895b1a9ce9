import type { Ports } from "../certificates/ports.ts";
import type { Language } from "../contract/language.ts";
import { type Administrator, administratorName } from "../registry/administrator.ts";
import { newId } from "../registry/identifier.ts";
import type { Actor } from "../transaction/audit.ts";
import { actedBy } from "./acted-by.ts";
import type { AdministratorsKind, ToldOf } from "./mails.ts";
import type { Notice, Place } from "./notice.ts";

export type ToAdministratorsContext = Pick<Ports, "random"> & {
  readonly administrators: Pick<Ports["administrators"], "listAdministrators">;
};

/** An act that a mail of this kind reports to a tenant's administrators. */
export type Act<K extends AdministratorsKind = AdministratorsKind> = {
  readonly tenantId: string;
  readonly kind: K;
  readonly actor: Actor;
  readonly at: Date;
  /** Those that the mail lists. */
  readonly certificateIds?: readonly string[];
  /** All of them, where there are more. */
  readonly count?: number;
  readonly place?: Place;
} & (ToldOf<K> extends undefined
  ? { readonly told?: undefined }
  : {
      /** What the mail says beyond that, in a reader's language. */ readonly told: (language: Language) => ToldOf<K>;
    });

/**
 * A notice to every active administrator of the tenant, or those of `statuses`, each in their own language; it names who
 * acted.
 */
export async function noticesToAdministrators<K extends AdministratorsKind>(
  context: ToAdministratorsContext,
  { tenantId, kind, actor, at, certificateIds = [], count, place, told }: Act<K>,
  statuses: readonly Administrator["status"][] = ["active"],
): Promise<readonly Notice[]> {
  const administrators = await context.administrators.listAdministrators(tenantId);
  return administrators
    .filter(({ status }) => statuses.includes(status))
    .map((administrator): Notice => ({
      tenantId,
      noticeId: newId(tenantId, "notice", context.random),
      kinds: [kind],
      to: administrator.email,
      recipient: administratorName(administrator),
      language: administrator.language,
      certificateIds,
      act: {
        actor: actedBy(actor, administrator.language),
        ...(place === undefined ? {} : { place }),
        ...(count === undefined ? {} : { count }),
        ...(told === undefined ? {} : { told: told(administrator.language) }),
      },
      createdAt: at.toISOString(),
    }));
}
