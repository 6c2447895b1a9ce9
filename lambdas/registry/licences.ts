import type { Write } from "../transaction/write.ts";
import type { Slot, Subscribers } from "./subscriber.ts";
import type { Tenants } from "./tenant.ts";

/** A certificate, as far as its licence is concerned. */
type Licensed = Pick<Slot, "tenantId" | "certificateId" | "certificateEmail" | "device"> & {
  readonly holder:
    | ({ readonly kind: "subscriber" } & Pick<Slot, "serviceId" | "primaryEmail">)
    | { readonly kind: "administrator" };
};

/**
 * The writes that end a subscriber certificate's hold on its licence; none for an administrator's. `by` "caller" leaves
 * the service's count to the caller, who changes it once for many certificates: side by side, they would collide in it.
 */
export function licenceReleaseWrites(
  context: {
    readonly subscribers: Pick<Subscribers, "releaseSlot">;
    readonly tenants: Pick<Tenants, "releaseLicences">;
  },
  { tenantId, certificateId, certificateEmail, device, holder }: Licensed,
  by: "certificate" | "caller" = "certificate",
): readonly Write[] {
  if (holder.kind !== "subscriber") return [];
  const { serviceId, primaryEmail } = holder;
  return [
    context.subscribers.releaseSlot({ tenantId, serviceId, primaryEmail, certificateEmail, device, certificateId }),
    ...(by === "caller" ? [] : [context.tenants.releaseLicences(tenantId, serviceId, 1)]),
  ];
}

/** The writes that give back the licences of certificates whose holds end with `by` "caller": one for each service. */
export function licenceCountWrites(
  context: { readonly tenants: Pick<Tenants, "releaseLicences"> },
  certificates: readonly Licensed[],
): readonly Write[] {
  const held = certificates.flatMap(({ tenantId, holder }) =>
    holder.kind === "subscriber" ? { tenantId, serviceId: holder.serviceId } : [],
  );
  return [...Map.groupBy(held, ({ tenantId, serviceId }) => `${tenantId} ${serviceId}`).values()].flatMap((same) =>
    same
      .slice(0, 1)
      .map(({ tenantId, serviceId }) => context.tenants.releaseLicences(tenantId, serviceId, same.length)),
  );
}
