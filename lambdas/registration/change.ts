import type { Ports } from "../certificates/ports.ts";
import type { Certificate, Holder } from "../certificates/certificate.ts";
import type { SubscriberChange } from "../contract/shapes.ts";
import { type FieldError, Refusal, refusalOf } from "../refusal.ts";
import type { Slot, Subscriber } from "../registry/subscriber.ts";
import type { Tenant } from "../registry/tenant.ts";
import type { Actor } from "../transaction/audit.ts";
import { changesBetween } from "../transaction/changes.ts";
import type { Write } from "../transaction/write.ts";
import { claimRule } from "./claimed.ts";
import { faultsOf, rulesOf } from "./rules.ts";

export type ChangeContext = Pick<
  Ports,
  "now" | "commit" | "tenants" | "claims" | "subscribers" | "certificates" | "audit"
>;

/** A subscriber with the certificates of all slots. */
export type Whole = {
  readonly subscriber: Subscriber;
  readonly slots: readonly Slot[];
  readonly certificates: readonly Certificate[];
};

/** Certificates of one subscriber that one transaction of a hundred items can change: three items each, and some beside. */
const most = 30;

/** The subscriber of a certificate. Refuses with notFound. */
export async function wholeOf(
  context: Pick<Ports, "certificates" | "subscribers">,
  tenantId: string,
  certificateId: string,
): Promise<Whole> {
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate?.holder.kind !== "subscriber") throw new Refusal("notFound");
  const found = await context.subscribers.findWhole({ tenantId, ...certificate.holder });
  if (found === undefined) throw new Refusal("notFound");
  const certificates = await Promise.all(
    found.slots.map((slot) => context.certificates.find(tenantId, slot.certificateId)),
  );
  return { ...found, certificates: certificates.filter((one) => one !== undefined) };
}

/**
 * [編集]: corrects names and mails in a single transaction: subscriber, slots, the rows of all certificates, audit. The
 * certificates themselves stay as they are until they are reissued; mails to a device go to its new address from now on.
 */
export async function changeSubscriber(
  context: ChangeContext,
  request: {
    readonly tenant: Tenant;
    readonly certificateId: string;
    readonly change: SubscriberChange;
    readonly actor: Actor;
  },
  also: (changed: Whole) => readonly Write[],
): Promise<Whole> {
  const { tenant, certificateId, change, actor } = request;
  const { subscriber, slots, certificates } = await wholeOf(context, tenant.tenantId, certificateId);
  if ((subscriber.revision ?? 0) !== change.revision) throw new Refusal("changedMeanwhile");
  if (certificates.some(({ state }) => state.status === "issuing")) throw new Refusal("editIssuing");
  if (certificates.length > most) throw new Refusal("editTooMany", { count: certificates.length, most });
  const { devices, revision: _revision, ...person } = change;
  const edited: Subscriber = { ...subscriber, ...person };
  const mails = certificates.map((certificate) => ({ certificate, email: deviceEmail(certificate, devices) }));
  const errors = await errorsOf(context, tenant, subscriber, edited, mails);
  if (errors.length > 0) throw refusalOf(errors);
  await mailIsFree(context, subscriber, edited);

  const changed = mails.map(({ certificate, email }) => ({
    certificate,
    email,
    holder: holderOf(certificate, edited),
  }));
  const whole: Whole = {
    subscriber: { ...edited, revision: (subscriber.revision ?? 0) + 1 },
    slots: slots.map((slot) => ({ ...slot, primaryEmail: edited.primaryEmail })),
    certificates: changed.map(({ certificate: { deviceEmail: _before, ...same }, email, holder }) => ({
      ...same,
      holder,
      ...(sameMail(email, same.certificateEmail) ? {} : { deviceEmail: email }),
    })),
  };
  await context.commit([
    ...also(whole),
    ...context.subscribers.change(subscriber, edited, slots),
    ...changed.map(({ certificate, email, holder }) => context.certificates.changeHolder(certificate, holder, email)),
    context.audit.record({
      tenantId: tenant.tenantId,
      at: context.now(),
      actor,
      action: "subscriber.change",
      subject: subscriber.subscriberId,
      facts: { certificates: certificates.map((one) => one.certificateId).join(" ") },
      changes: changesBetween(described(subscriber, certificates), described(edited, whole.certificates)),
    }),
  ]);
  return whole;
}

const sameMail = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Where the mails of a certificate are to go: as asked for, else as before. */
function deviceEmail(certificate: Certificate, asked: SubscriberChange["devices"]): string {
  const given = asked.find(({ certificateId }) => certificateId === certificate.certificateId)?.email;
  return given ?? certificate.deviceEmail ?? certificate.certificateEmail;
}

/** What the service forbids of the mails that are new. */
async function errorsOf(
  context: ChangeContext,
  tenant: Tenant,
  before: Subscriber,
  { primaryEmail, serviceId }: Subscriber,
  mails: readonly { readonly certificate: Certificate; readonly email: string }[],
): Promise<readonly FieldError[]> {
  const service = await context.tenants.findService(tenant.tenantId, serviceId);
  if (service === undefined) throw new Refusal("notFound");
  const rules = { ...rulesOf(tenant, service), options: [] };
  const asked = [
    ...(sameMail(primaryEmail, before.primaryEmail) ? [] : [{ field: "primaryEmail", asked: { primaryEmail } }]),
    ...mails.flatMap(({ certificate, email }) =>
      sameMail(email, certificate.deviceEmail ?? certificate.certificateEmail)
        ? []
        : [{ field: `devices.${certificate.certificateId}`, asked: { certificateEmail: email } }],
    ),
  ];
  const ofAnother = await claimRule(
    context.claims.findClaims,
    tenant.tenantId,
    asked.map((one) => one.asked),
  );
  return asked.flatMap((one) =>
    [...faultsOf(rules, one.asked, { now: context.now() }), ...ofAnother(one.asked)].map(({ at: _at, ...fault }) => ({
      field: one.field,
      ...fault,
    })),
  );
}

/** Two subscribers of a service have two mails; the transaction decides for those who ask simultaneously. */
async function mailIsFree(context: ChangeContext, before: Subscriber, edited: Subscriber): Promise<void> {
  if (sameMail(before.primaryEmail, edited.primaryEmail)) return;
  const { primaryEmail: email } = edited;
  if ((await context.subscribers.findByMail(edited, [])) !== undefined)
    throw refusalOf([{ field: "primaryEmail", code: "mailTaken", facts: { email } }]);
}

function holderOf({ holder }: Certificate, subscriber: Subscriber): Holder {
  if (holder.kind !== "subscriber") return holder;
  const { familyName, givenName, familyNameKana, givenNameKana, primaryEmail } = subscriber;
  return { ...holder, familyName, givenName, familyNameKana, givenNameKana, primaryEmail };
}

/** What an edit can change, by names that the audit shows. */
const described = (
  {
    familyName,
    givenName,
    familyNameKana,
    givenNameKana,
    familyNameEnglish,
    givenNameEnglish,
    primaryEmail,
  }: Subscriber,
  certificates: readonly Certificate[],
) => ({
  familyName,
  givenName,
  familyNameKana,
  givenNameKana,
  familyNameEnglish,
  givenNameEnglish,
  primaryEmail,
  ...Object.fromEntries(
    certificates.map((one) => [`mail ${one.device} ${one.certificateEmail}`, one.deviceEmail ?? one.certificateEmail]),
  ),
});
