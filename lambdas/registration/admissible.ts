import { type FieldError, Refusal, type RefusalKind } from "../refusal.ts";
import type { Slot } from "../registry/subscriber.ts";
import type { ContractedService } from "../registry/tenant.ts";

/** Refuses with every mail at its field whose domain the service does not have. */
export function allowMailDomains(
  { mailDomains }: ContractedService,
  registration: {
    readonly primaryEmail: string;
    readonly devices: readonly { readonly certificateEmail?: string | undefined }[];
  },
): void {
  const wrong = (field: string, mail: string | undefined): readonly FieldError[] => {
    const domain = mail?.slice(mail.lastIndexOf("@") + 1).toLowerCase();
    if (domain === undefined || mailDomains.length === 0 || mailDomains.includes(domain)) return [];
    return [{ field, code: "mailDomainNotAllowed", facts: { domain, allowed: mailDomains.join(", ") } }];
  };
  refuseFields("mailDomainNotAllowed", [
    ...wrong("primaryEmail", registration.primaryEmail),
    ...registration.devices.flatMap((asked, at) => wrong(`devices.${at}.certificateEmail`, asked.certificateEmail)),
  ]);
}

type SlotName = Pick<Slot, "certificateEmail" | "device">;

/** Refuses with every device asked for that has its slot already. */
export function slotsFree(taken: readonly SlotName[], asked: readonly SlotName[]): void {
  const nameOf = ({ certificateEmail, device }: SlotName) => `${certificateEmail.toLowerCase()} ${device}`;
  const stored = new Map(taken.map((slot) => [nameOf(slot), slot]));
  refuseFields(
    "slotTaken",
    asked.flatMap((slot, at): FieldError[] => {
      const { certificateEmail: email, device } = stored.get(nameOf(slot)) ?? {};
      if (email === undefined || device === undefined) return [];
      return [{ field: `devices.${at}`, code: "slotTaken", facts: { email, device } }];
    }),
  );
}

/** Refuses by the first field's facts, unless nothing is wrong with any. */
function refuseFields(kind: RefusalKind, errors: readonly FieldError[]): void {
  const [first] = errors;
  if (first !== undefined) throw new Refusal(kind, first.facts, errors);
}
