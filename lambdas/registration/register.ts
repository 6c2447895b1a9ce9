import type { Ports } from "../certificates/ports.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Certificate, ImportRowReference } from "../certificates/certificate.ts";
import type { Device } from "../contract/fields.ts";
import type { CertificateCells } from "../contract/import-layouts.ts";
import type { Person } from "../contract/shapes.ts";
import { keyKindFor } from "../pki/keys.ts";
import { newSerial } from "../pki/serial.ts";
import { type FieldError, Refusal, refusalOf } from "../refusal.ts";
import { newId } from "../registry/identifier.ts";
import type { Subscriber } from "../registry/subscriber.ts";
import { companyName, type ContractedService, type Organization, type Tenant } from "../registry/tenant.ts";
import type { Write } from "../transaction/write.ts";
import { claimRule } from "./claimed.ts";
import { requestedPeriod, type Period } from "./period.ts";
import { type Asked, conflictsOf, type Fault, faultsOf, orderFault, rulesOf } from "./rules.ts";

export type RegisterContext = Pick<
  Ports,
  | "now"
  | "random"
  | "brand"
  | "commit"
  | "tenants"
  | "claims"
  | "subscribers"
  | "certificates"
  | "orders"
  | "audit"
  | "authorityEnd"
>;

/** One certificate to issue. */
export type DeviceRequest = { readonly device: Device } & {
  readonly [Key in Exclude<keyof CertificateCells, "device">]?: CertificateCells[Key] | undefined;
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
 * certificates are "issuing"; sending them to the issuer is the caller's next step.
 */
export async function register(
  context: RegisterContext,
  request: RegisterRequest,
  also: (registered: Registered) => readonly Write[],
): Promise<Registered> {
  const { tenant, registration } = request;
  const { primaryEmail } = registration;
  const slots = registration.devices.map((asked) => ({
    device: asked.device,
    certificateEmail: mailOf(asked, registration),
  }));
  const { devices, ...person } = registration;
  const [service, organization, known, authorityEnd, ofAnother] = await Promise.all([
    context.tenants.findService(tenant.tenantId, request.serviceId),
    context.tenants.findOrganization(tenant.tenantId, request.organizationId),
    context.subscribers.findByMail({ tenantId: tenant.tenantId, serviceId: request.serviceId, primaryEmail }, slots),
    context.authorityEnd(),
    claimRule(
      context.claims.findClaims,
      tenant.tenantId,
      devices.map((device) => ({ ...person, ...device })),
    ),
  ]);
  if (service === undefined || organization === undefined) throw new Refusal("notFound");

  const rules = rulesOf(tenant, service);
  const now = context.now();
  const clock = { now, authorityEnd, askedAt: request.askedAt };
  const errors = errorsOf(registration, (asked) => [
    ...faultsOf(rules, asked, clock),
    ...ofAnother(asked),
    ...(known === undefined ? [] : conflictsOf(known, organization.organizationId, asked)),
  ]);
  if (errors.length > 0) throw refusalOf(errors);
  const wanted = registration.devices.length;
  const taken = request.importRow === undefined ? wanted : 0;
  const bulkDownload = request.importRow?.bulkDownload ?? false;
  const without = orderFault(service, { wanted: taken, bulkDownload });
  if (without !== undefined) throw new Refusal(without.code, without.facts);

  const subscriber = known?.subscriber ?? newSubscriber(context, request, now);
  const certificates = registration.devices.map((asked) =>
    newCertificate(context, {
      tenant,
      service,
      organization,
      subscriber,
      asked,
      period: requestedPeriod(service, asked, clock),
      now,
      importRow: request.importRow,
    }),
  );
  const registered = { subscriber, certificates };
  await context.commit([
    ...also(registered),
    known === undefined ? context.subscribers.addSubscriber(subscriber) : context.subscribers.addTo(subscriber),
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
    ...(taken > 0 ? [context.tenants.takeLicences(service, taken)] : []),
    ...context.certificates.add(...certificates),
    ...certificates.map((certificate) => context.orders.add(certificate)),
    context.audit.record({
      tenantId: tenant.tenantId,
      at: now,
      actor: request.actor,
      action: "subscriber.register",
      subject: subscriber.subscriberId,
      facts: { certificates: certificates.map((certificate) => certificate.certificateId).join(" ") },
    }),
  ]);
  return registered;
}

const mailOf = (asked: DeviceRequest, { primaryEmail }: { readonly primaryEmail: string }): string =>
  asked.certificateEmail ?? primaryEmail;

/** The faults of a person with each of the devices, at the fields of the request; what is about the person is said once. */
function errorsOf(
  { devices, ...person }: RegisterRequest["registration"],
  faultsIn: (asked: Asked) => readonly Fault[],
): readonly FieldError[] {
  const errors = devices.flatMap((device, at) =>
    faultsIn({ ...person, ...device }).map(({ at: key, ...fault }): FieldError => {
      if (key in person) return { field: key, ...fault };
      return { field: key === "device" ? `devices.${at}` : `devices.${at}.${key}`, ...fault };
    }),
  );
  return errors.filter(
    (one, at) => errors.findIndex(({ field, code }) => field === one.field && code === one.code) === at,
  );
}

function newSubscriber(context: RegisterContext, request: RegisterRequest, now: Date): Subscriber {
  const { devices: _devices, ...person } = request.registration;
  return {
    ...person,
    tenantId: request.tenant.tenantId,
    serviceId: request.serviceId,
    organizationId: request.organizationId,
    subscriberId: newId(request.tenant.tenantId, "subscriber", context.random),
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
): Certificate {
  const { tenant, service, organization, subscriber, asked, period, now, importRow } = facts;
  const { device, linkId, principalName } = asked;
  return {
    ...(linkId === undefined ? {} : { linkId }),
    ...(principalName === undefined ? {} : { principalName }),
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
    device,
    serialNumber: newSerial(),
    subject: {
      commonName: `${subscriber.familyNameEnglish} ${subscriber.givenNameEnglish}`,
      organizationalUnits: [context.brand, ...[asked.unit1, asked.unit2].filter((unit) => unit !== undefined)],
      organization: asked.organization ?? tenant.englishName,
    },
    key: keyKindFor(service.key, period.notAfter),
    notBefore: period.notBefore.toISOString(),
    notAfter: period.notAfter.toISOString(),
    requestedAt: now.toISOString(),
    correspondence: { language: tenant.language, companyName: companyName(tenant, tenant.language) },
    state: { status: "issuing" },
    ...(importRow === undefined ? {} : { importRow }),
  };
}
