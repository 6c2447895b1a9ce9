import * as z from "zod/mini";
import { orderFields } from "./certificate-fields.ts";
import { device, englishName, identifier, kana, mail, personName } from "./fields.ts";

/** Lifecycle of a certificate as lists show it. */
export const statuses = ["issuing", "issued", "downloaded", "revoked", "failed"] as const;
const status = z.enum(statuses);
export type Status = (typeof statuses)[number];

/** RFC 5280 5.3.1, the ones an administrator may give. */
export const revocationReasons = [
  "unspecified",
  "keyCompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "privilegeWithdrawn",
] as const;
export const revocationReason = z.enum(revocationReasons, { error: "reason" });
export type RevocationReason = (typeof revocationReasons)[number];

export const serviceOptions = [
  "period",
  "period-time",
  "organization",
  "install-limit",
  "download-site",
  "mobileconfig",
  "smart-card",
  "device-keys",
] as const;
const serviceOption = z.enum(serviceOptions);
/** The options that work on page, CSV and certificate alike: an option can be contracted from the day that it works. */
export const contractableOptions = [
  "period",
  "period-time",
  "organization",
] as const satisfies readonly ServiceOption[];
export type ServiceOption = (typeof serviceOptions)[number];

export const service = z.object({
  serviceId: identifier,
  name: z.string(),
  options: z.array(serviceOption),
  /** May administrators add and remove subscribers? */
  issuing: z.boolean(),
  licences: z.int(),
  licencesUsed: z.int(),
  /** Mail domains that its certificates may carry. None: any whose mailbox is asked, and no bulk download. */
  mailDomains: z.array(z.string()),
  /** UPN suffixes that its certificates may carry; none: no principal names. */
  principalSuffixes: z.array(z.string()),
  /** The organizations (O) that its certificates may carry: the company's own first, then those that are listed. */
  subjectOrganizations: z.array(z.string()),
});
export type Service = z.output<typeof service>;

export const organization = z.object({ organizationId: identifier, name: z.string() });
export type Organization = z.output<typeof organization>;

/** One row of the subscriber list: a certificate with its subscriber. Instants are ISO 8601. */
export const certificateRow = z.object({
  certificateId: identifier,
  subscriberId: identifier,
  serviceId: identifier,
  familyName: z.string(),
  givenName: z.string(),
  primaryEmail: z.string(),
  certificateEmail: z.string(),
  /** Where its mails go, where that is no longer the certificate's address: the next certificate carries it. */
  deviceEmail: z.optional(z.string()),
  organizationName: z.string(),
  device,
  status,
  commonName: z.string(),
  serialNumber: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  /** When it will be revoked: 0:00 JST of the day that was asked for. */
  revokeOn: z.optional(z.string()),
  revokedAt: z.optional(z.string()),
  /** Of the revocation that was done, or that is planned. */
  revocationReason: z.optional(revocationReason),
  /** Why issuance failed, where it did. */
  error: z.optional(z.string()),
});
export type CertificateRow = z.output<typeof certificateRow>;

/** The two mails of one notice: where to download the certificate, and where to read ID and password. */
export const subscriberMails = ["subscriber-download", "subscriber-credential"] as const;

/** Mails to a subscriber about a certificate. Instants are ISO 8601. */
export const sentNotice = z.object({
  to: z.string(),
  mails: z.array(z.enum(subscriberMails)),
  requestedAt: z.string(),
  /** Missing while the mails wait to be sent. */
  sentAt: z.optional(z.string()),
  /** Sent again on an administrator's request. */
  resent: z.boolean(),
});
export type SentNotice = z.output<typeof sentNotice>;

/** What was done to a certificate, as its history names it. */
const historyActions = [
  "registered",
  "issued",
  "failed",
  "revealed",
  "downloaded",
  "resent",
  "edited",
  "shown",
  "revocationPlanned",
  "revocationChanged",
  "revocationCancelled",
  "revoked",
  "keyDestroyed",
] as const;
export type HistoryAction = (typeof historyActions)[number];

/** One line of a certificate's history. Instants are ISO 8601. */
const historyLine = z.object({
  at: z.string(),
  action: z.enum(historyActions),
  /** Who did it: one of the company's administrators by name, the provider, the holder from an address, or the system. */
  actor: z.object({
    kind: z.enum(["administrator", "operator", "holder", "system"]),
    name: z.optional(z.string()),
    address: z.optional(z.string()),
  }),
  /** 0:00 JST of the day of a planned revocation. */
  on: z.optional(z.string()),
  reason: z.optional(revocationReason),
});
export type HistoryLine = z.output<typeof historyLine>;

/** A certificate in full, with its history, newest first. Instants are ISO 8601. */
export const certificateDetails = z.object({
  row: certificateRow,
  serviceId: identifier,
  organizationId: identifier,
  /** The attributes of the subject, in the certificate's order. */
  subject: z.array(z.object({ name: z.enum(["E", "CN", "OU", "O", "C"]), value: z.string() })),
  key: z.enum(["rsa2048", "rsa3072", "p256"]),
  requestedAt: z.string(),
  issuedAt: z.optional(z.string()),
  downloadedAt: z.optional(z.string()),
  /** User principal name. */
  principalName: z.optional(z.string()),
  /** サービス連携用ID. */
  linkId: z.optional(z.string()),
  /** The file that it was registered by. */
  importJobId: z.optional(identifier),
  /** When the private key is destroyed, known from the first download on; in the past, when it was. */
  keyDestroyedAt: z.optional(z.string()),
  history: z.array(historyLine),
});
export type CertificateDetails = z.output<typeof certificateDetails>;

const person = z.object({
  familyName: personName,
  givenName: personName,
  familyNameKana: kana,
  givenNameKana: kana,
  familyNameEnglish: englishName,
  givenNameEnglish: englishName,
});
export type Person = z.output<typeof person>;

/** All names of a person: they must be equal for the same primary mail. */
export const personNames = [
  "familyName",
  "givenName",
  "familyNameKana",
  "givenNameKana",
  "familyNameEnglish",
  "givenNameEnglish",
] as const satisfies readonly (keyof Person)[];

/** A subscriber as registered, with all certificates. */
export const subscriberView = z.object({
  subscriberId: identifier,
  familyName: z.string(),
  givenName: z.string(),
  familyNameKana: z.string(),
  givenNameKana: z.string(),
  familyNameEnglish: z.string(),
  givenNameEnglish: z.string(),
  primaryEmail: z.string(),
  /** Rises with every change; a change names the one that it was made from. */
  revision: z.int(),
  certificates: z.array(certificateRow),
});
export type SubscriberView = z.output<typeof subscriberView>;

/** X.520 ub-common-name: both parts and the blank between them. */
export const fitsCommonName = (familyNameEnglish: string, givenNameEnglish: string): boolean =>
  `${familyNameEnglish} ${givenNameEnglish}`.length <= 64;

/** [編集]: a subscriber's names and mails as they are to be. */
export const subscriberChange = z
  .object({
    ...person.shape,
    primaryEmail: mail,
    revision: z.int(),
    /** Where the mails of these certificates are to go. */
    devices: z._default(
      z.array(z.object({ certificateId: identifier, email: mail })).check(z.maxLength(40, { error: "selection" })),
      [],
    ),
  })
  .check(
    z.refine((given) => fitsCommonName(given.familyNameEnglish, given.givenNameEnglish), {
      error: "commonName",
      path: ["givenNameEnglish"],
    }),
  );
export type SubscriberChange = z.output<typeof subscriberChange>;

/** One certificate to issue. */
const deviceOrder = z.object({ device, ...orderFields });
export type RequestedDevice = z.output<typeof deviceOrder>;

/** Single registration. */
export const registration = z
  .object({
    ...person.shape,
    primaryEmail: mail,
    devices: z.array(deviceOrder).check(z.minLength(1, { error: "devices" }), z.maxLength(5, { error: "deviceTwice" })),
  })
  .check(
    z.refine((given) => new Set(given.devices.map((one) => one.device)).size === given.devices.length, {
      error: "deviceTwice",
      path: ["devices"],
    }),
    z.refine((given) => fitsCommonName(given.familyNameEnglish, given.givenNameEnglish), {
      error: "commonName",
      path: ["givenNameEnglish"],
    }),
  );
export type Registration = z.output<typeof registration>;
