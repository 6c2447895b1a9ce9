import type { Device } from "../contract/fields.ts";
import type { Person } from "../contract/shapes.ts";
import type { Write } from "../transaction/write.ts";

/** RFC 3647's subscriber (利用者): of one service and one organization, known by the primary mail. */
export type Subscriber = Person & {
  readonly tenantId: string;
  readonly serviceId: string;
  readonly organizationId: string;
  readonly subscriberId: string;
  /** As typed; compared case-blind. */
  readonly primaryEmail: string;
  readonly createdAt: string;
  /** Rises with every certificate that is added and every edit; absent before the first of them. */
  readonly revision?: number;
};

/** (service, primary mail, device mail, device): names its current certificate and whether it holds a licence. */
export type Slot = {
  readonly tenantId: string;
  readonly serviceId: string;
  readonly primaryEmail: string;
  readonly certificateEmail: string;
  readonly device: Device;
  readonly certificateId: string;
  readonly holdsLicence: boolean;
};

export type AtMail = { readonly tenantId: string; readonly serviceId: string; readonly primaryEmail: string };

export type Subscribers = {
  /** The subscriber of a primary mail, and of the slots in question those that are taken. */
  findByMail(
    at: AtMail,
    slots: readonly Pick<Slot, "certificateEmail" | "device">[],
  ): Promise<{ readonly subscriber: Subscriber; readonly slots: readonly Slot[] } | undefined>;
  /** Fails if the primary mail is taken meanwhile. */
  addSubscriber(subscriber: Subscriber): Write;
  /** Adds to the subscriber; fails unless the stored one is this one, with these names. */
  addTo(subscriber: Subscriber): Write;
  /** The subscriber of a primary mail with all slots. */
  findWhole(at: AtMail): Promise<{ readonly subscriber: Subscriber; readonly slots: readonly Slot[] } | undefined>;
  /** Puts the edited subscriber in the place of the one that was read, with its slots; fails if either was changed meanwhile, or another has the new primary mail. */
  change(from: Subscriber, to: Subscriber, slots: readonly Slot[]): readonly Write[];
  /** Fails if the slot exists. */
  takeSlot(slot: Slot): Write;
  /** Ends the slot's hold on a licence; fails unless this certificate holds it. */
  releaseSlot(slot: Omit<Slot, "holdsLicence">): Write;
};
