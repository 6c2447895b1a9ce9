import type { Audit, Actor } from "../transaction/audit.ts";
import type { Certificate, Certificates, ImportRowReference } from "../certificates/certificate.ts";
import type { RequestedDevice, Person } from "../contract/shapes.ts";
import { keyKindFor } from "../pki/keys.ts";
import { newSerial } from "../pki/serial.ts";
import { invalid, Refusal } from "../refusal.ts";
import { newId, type Random } from "../registry/identifier.ts";
import { spelled } from "../registry/person.ts";
import type { Subscriber, Subscribers } from "../registry/subscriber.ts";
import {
  companyName,
  type ContractedService,
  type Organization,
  type Tenant,
  type Tenants,
} from "../registry/tenant.ts";
import type { Commit, Write } from "../transaction/write.ts";
import { allowMailDomains, slotsFree } from "./admissible.ts";
import { requestedPeriod, type Period } from "./period.ts";

export type RegisterContext = {
  readonly now: () => Date;
  readonly random: Random;
  readonly brand: string;
  readonly commit: Commit;
  readonly tenants: Tenants;
  readonly subscribers: Subscribers;
  readonly certificates: Certificates;
  readonly audit: Audit;
  /** End of the subscribers' CA: no certificate outlives it. */
  readonly authorityEnd: () => Promise<Date>;
};

/** One certificate to issue. Only a file names a mail of the device's own, a サービス連携用ID or a UPN. */
export type DeviceRequest = RequestedDevice & {
  readonly certificateEmail?: string | undefined;
  readonly linkId?: string | undefined;
  readonly principalName?: string | undefined;
};

export type RegisterRequest = {
  readonly tenant: Tenant;
  readonly serviceId: string;
  readonly organizationId: string;
  readonly actor: Actor;
  readonly registration: Person & { readonly primaryEmail: string; readonly devices: readonly DeviceRequest[] };
  /** The row of a file that asks for it. Its licences were taken when the whole file was accepted. */
  readonly importRow?: ImportRowReference;
  /** When it was asked for, where that is not now: a file's rows are registered later than they were checked. */
  readonly askedAt?: Date;
};

export type Registered = { readonly subscriber: Subscriber; readonly certificates: readonly Certificate[] };

/**
 * Registers a subscriber, or adds certificates to a known one, in a single transaction: subscriber,
 * slots, rows with their serials, licences, audit, and what the caller adds (`also`). The
 * certificates stand as "issuing"; sending them to the issuer is the caller's next step.
 */
export async function register(
  context: RegisterContext,
  order: RegisterRequest,
  also: (registered: Registered) => readonly Write[],
): Promise<Registered> {
  const { tenant, registration } = order;
  const { primaryEmail } = registration;
  const slots = registration.devices.map((asked) => ({
    device: asked.device,
    certificateEmail: mailOf(asked, registration),
  }));
  const [service, organization, known, authorityEnd] = await Promise.all([
    context.tenants.findService(tenant.tenantId, order.serviceId),
    context.tenants.findOrganization(tenant.tenantId, order.organizationId),
    context.subscribers.findByMail({ tenantId: tenant.tenantId, serviceId: order.serviceId, primaryEmail }, slots),
    context.authorityEnd(),
  ]);
  if (service === undefined || organization === undefined) throw new Refusal("notFound");
  if (!service.issuing) throw new Refusal("issuingNotAllowed");
  allowMailDomains(service, registration);
  if (known !== undefined) {
    sameNames(known.subscriber, registration);
    if (known.subscriber.organizationId !== organization.organizationId) {
      throw new Refusal("otherOrganization", { email: primaryEmail });
    }
  }

  const now = context.now();
  const subscriber = known?.subscriber ?? newSubscriber(context, order, now);
  if (known !== undefined) slotsFree(known.slots, slots);
  const wanted = registration.devices.length;
  if (order.importRow === undefined && service.licencesUsed + wanted > service.licences) {
    throw new Refusal("licencesExceeded", { licences: service.licences, used: service.licencesUsed, wanted });
  }

  const ordered = registration.devices.map((asked, at) => ({
    asked,
    ...requestedPeriod(service, asked, now, authorityEnd, `devices.${at}`, order.askedAt),
  }));
  const errors = ordered.flatMap((one) => one.errors);
  if (errors.length > 0) throw invalid(...errors);
  const certificates = ordered.map(({ asked, period }, at) =>
    newCertificate(
      context,
      { tenant, service, organization, subscriber, asked, period, now, importRow: order.importRow },
      `devices.${at}`,
    ),
  );
  const registered = { subscriber, certificates };
  await context.commit([
    ...also(registered),
    known === undefined
      ? context.subscribers.addSubscriber(subscriber)
      : context.subscribers.expectSubscriber(subscriber),
    ...certificates.map((certificate) =>
      context.subscribers.takeSlot({
        tenantId: tenant.tenantId,
        serviceId: service.serviceId,
        primaryEmail: subscriber.primaryEmail,
        certificateEmail: certificate.certificateEmail,
        device: certificate.device,
        certificateId: certificate.certificateId,
        holdsLicence: true,
      }),
    ),
    ...(order.importRow === undefined ? [context.tenants.takeLicences(service, wanted)] : []),
    ...context.certificates.add(...certificates),
    context.audit.record({
      tenantId: tenant.tenantId,
      at: now,
      actor: order.actor,
      action: "subscriber.register",
      subject: subscriber.subscriberId,
      facts: { certificates: certificates.map((certificate) => certificate.certificateId).join(" ") },
    }),
  ]);
  return registered;
}

const mailOf = (asked: DeviceRequest, { primaryEmail }: { readonly primaryEmail: string }): string =>
  asked.certificateEmail ?? primaryEmail;

function sameNames(stored: Subscriber, given: Person): void {
  if (spelled(stored) === spelled(given)) return;
  throw new Refusal("subscriberDiffers", { stored: spelled(stored), given: spelled(given) });
}

function newSubscriber(context: RegisterContext, order: RegisterRequest, now: Date): Subscriber {
  const { devices: _devices, ...person } = order.registration;
  return {
    ...person,
    tenantId: order.tenant.tenantId,
    serviceId: order.serviceId,
    organizationId: order.organizationId,
    subscriberId: newId(order.tenant.tenantId, "subscriber", context.random),
    createdAt: now.toISOString(),
  };
}

function newCertificate(
  context: RegisterContext,
  facts: {
    readonly tenant: Tenant;
    readonly service: ContractedService;
    readonly organization: Organization;
    readonly subscriber: Subscriber;
    readonly asked: DeviceRequest;
    readonly period: Period;
    readonly now: Date;
    readonly importRow: ImportRowReference | undefined;
  },
  field: string,
): Certificate {
  const { tenant, service, organization, subscriber, asked, period, now, importRow } = facts;
  if (asked.principalName !== undefined && !service.options.includes("smart-card")) {
    throw invalid({ field: `${field}.principalName`, code: "principalNotContracted" });
  }
  return {
    tenantId: tenant.tenantId,
    certificateId: newId(tenant.tenantId, "certificate", context.random),
    issuer: "subscribers",
    holder: {
      kind: "subscriber",
      subscriberId: subscriber.subscriberId,
      serviceId: service.serviceId,
      organizationId: organization.organizationId,
      organizationName: organization.name,
      familyName: subscriber.familyName,
      givenName: subscriber.givenName,
      familyNameKana: subscriber.familyNameKana,
      givenNameKana: subscriber.givenNameKana,
      primaryEmail: subscriber.primaryEmail,
    },
    certificateEmail: mailOf(asked, subscriber),
    device: asked.device,
    serialNumber: newSerial(),
    subject: {
      commonName: `${subscriber.familyNameEnglish} ${subscriber.givenNameEnglish}`,
      organizationalUnits: [context.brand],
      organization: tenant.englishName,
    },
    key: keyKindFor(service.key, period.notAfter),
    notBefore: period.notBefore.toISOString(),
    notAfter: period.notAfter.toISOString(),
    requestedAt: now.toISOString(),
    correspondence: { language: tenant.language, companyName: companyName(tenant, tenant.language) },
    state: { status: "issuing" },
    ...(asked.principalName === undefined ? {} : { principalName: asked.principalName }),
    ...(asked.linkId === undefined ? {} : { linkId: asked.linkId }),
    ...(importRow === undefined ? {} : { importRow }),
  };
}
