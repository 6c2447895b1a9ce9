import { closedColumns, type OperationCells } from "../contract/import-layouts.ts";
import { jstDate } from "../contract/jst.ts";
import { type PeriodRule, periodKind, readPeriod } from "../contract/period.ts";
import type { RefusalKind } from "../contract/refusals.ts";
import type { Facts } from "../contract/language.ts";
import type { FieldRule } from "../contract/rules.ts";
import { fitsCommonName, type Person, personNames, type ServiceOption } from "../contract/shapes.ts";

/** One certificate for one person, as a row of a file asks for it. What its own rule has refused is absent. */
export type Asked = { readonly [Key in keyof OperationCells["register"]]?: string | undefined };

/** The rules about single values of a registration. `test/registration/roads.test.ts` tries each on every road. */
export type ValueRule =
  | PeriodRule
  | Extract<
      FieldRule,
      | "organizationNotContracted"
      | "organizationNotAllowed"
      | "principalNotContracted"
      | "principalSuffixNotAllowed"
      | "principalSuffixesNotListed"
      | "commonName"
      | "toBeyondAuthority"
      | "domainOfAnother"
    >
  | Extract<RefusalKind, "mailDomainNotAllowed" | "otherOrganization" | "subscriberDiffers" | "slotTaken">;

/** What is wrong with a registration, and which of its values that is about. */
export type Fault = { readonly at: keyof Asked; readonly code: ValueRule; readonly facts?: Facts };

/** What the rules ask of the service. */
export type ServiceRules = {
  readonly options: readonly ServiceOption[];
  /** In lower case; none allows all that are proven by a mail to the address. */
  readonly mailDomains: readonly string[];
  /** None allows none: nothing proves a principal name. */
  readonly principalSuffixes: readonly string[];
  /** Of certificates' subjects: the tenant's own, and those that the service lists. */
  readonly subjectOrganizations: readonly string[];
};

/** The rules of a service, whose certificates may always carry the company's own O. */
export const rulesOf = <Service extends ServiceRules>(tenant: { readonly englishName: string }, service: Service) => ({
  ...service,
  subjectOrganizations: [tenant.englishName, ...service.subjectOrganizations],
});

export type Clock = {
  readonly now: Date;
  /** When it was asked for, where that is not now. */
  readonly askedAt?: Date | undefined;
  /** The end of the authority that issues; a browser does not know it. */
  readonly authorityEnd?: Date | undefined;
};

/**
 * What is wrong with a registration by itself. Asked of a form's and an API's request, and of each row of a file, by
 * the server and by the page before it sends.
 */
export const faultsOf = (service: ServiceRules, asked: Asked, clock: Clock): readonly Fault[] => [
  ...notContracted(service, asked),
  ...mailDomains(service, asked),
  ...subjectOrganization(service, asked),
  ...principalSuffix(service, asked),
  ...commonName(asked),
  ...period(service, asked, clock),
];

/** What is known of a subscriber under the same primary mail. */
export type Known = {
  readonly subscriber: Person & { readonly primaryEmail: string; readonly organizationId: string };
  /** Of the slots asked for, those that have a certificate. */
  readonly slots: readonly { readonly certificateEmail: string; readonly device: string }[];
};

/** What is wrong with a registration in an organization by what is registered. */
export const conflictsOf = (known: Known, organizationId: string | undefined, asked: Asked): readonly Fault[] => [
  ...sameOrganization(known, organizationId),
  ...sameNames(known, asked),
  ...slotFree(known, asked),
];

/** What an order of certificates asks of its service as a whole. */
export type OrderSize = {
  /** Licences that it takes. */
  readonly wanted: number;
  /** Are the certificates handed to the administrator, without a mail to the addresses that they name? */
  readonly bulkDownload: boolean;
};

/** The rules about an order as a whole. */
export type OrderRule = Extract<RefusalKind, "issuingNotAllowed" | "bulkDownloadNotAllowed" | "licencesExceeded">;

/** Nothing asks the mailboxes of what is downloaded in bulk: their domains must be the service's by a list. */
export const mayBulkDownload = ({ mailDomains }: Pick<ServiceRules, "mailDomains">): boolean => mailDomains.length > 0;

/** Why a service cannot take such an order; undefined if it can. */
export function orderFault(
  service: Pick<ServiceRules, "mailDomains"> & { issuing: boolean; licences: number; licencesUsed: number },
  { wanted, bulkDownload }: OrderSize,
): { readonly code: OrderRule; readonly facts?: Facts } | undefined {
  const { issuing, licences, licencesUsed: used } = service;
  if (!issuing) return { code: "issuingNotAllowed" };
  if (bulkDownload && !mayBulkDownload(service)) return { code: "bulkDownloadNotAllowed" };
  return wanted > 0 && used + wanted > licences
    ? { code: "licencesExceeded", facts: { licences, used, wanted } }
    : undefined;
}

/** The first name that two people do not share; undefined when all are equal. */
export const differingName = (one: Asked, other: Asked): keyof Person | undefined =>
  personNames.find((name) => one[name] !== other[name]);

/** All names of a person in one line. */
export const spelled = (person: Asked): string => personNames.map((name) => person[name]).join(" ");

/** Are all names of the person there? */
export const isNamed = (asked: Asked): boolean => personNames.every((name) => asked[name] !== undefined);

function notContracted({ options }: ServiceRules, asked: Asked): readonly Fault[] {
  const closed = closedColumns(options);
  return (Object.keys(asked) as (keyof Asked)[]).flatMap((at) => {
    const code = asked[at] === undefined ? undefined : closed[at];
    return code === undefined ? [] : [{ at, code }];
  });
}

/** The part of an address or principal name after its "@", in lower case. */
export const domainAfterAt = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

const mailDomains = ({ mailDomains: allowed }: ServiceRules, asked: Asked): readonly Fault[] =>
  (["primaryEmail", "certificateEmail"] as const).flatMap((at) => {
    const domain = asked[at] === undefined ? undefined : domainAfterAt(asked[at]);
    if (domain === undefined || allowed.length === 0 || allowed.includes(domain)) return [];
    return [{ at, code: "mailDomainNotAllowed", facts: { domain, allowed: allowed.join(", ") } }];
  });

function subjectOrganization(
  { options, subjectOrganizations }: ServiceRules,
  { organization }: Asked,
): readonly Fault[] {
  if (organization === undefined || closedColumns(options).organization !== undefined) return [];
  if (subjectOrganizations.includes(organization)) return [];
  const facts = { organization, allowed: subjectOrganizations.join(", ") };
  return [{ at: "organization", code: "organizationNotAllowed", facts }];
}

function principalSuffix({ options, principalSuffixes }: ServiceRules, { principalName }: Asked): readonly Fault[] {
  if (principalName === undefined || closedColumns(options).principalName !== undefined) return [];
  const allowed = principalSuffixes.map((suffix) => suffix.toLowerCase());
  if (allowed.length === 0) return [{ at: "principalName", code: "principalSuffixesNotListed" }];
  const suffix = domainAfterAt(principalName);
  if (allowed.includes(suffix)) return [];
  const facts = { suffix, allowed: allowed.join(", ") };
  return [{ at: "principalName", code: "principalSuffixNotAllowed", facts }];
}

const commonName = ({ familyNameEnglish: family, givenNameEnglish: given }: Asked): readonly Fault[] =>
  family === undefined || given === undefined || fitsCommonName(family, given)
    ? []
    : [{ at: "givenNameEnglish", code: "commonName" }];

function period({ options }: ServiceRules, asked: Asked, { now, askedAt, authorityEnd }: Clock): readonly Fault[] {
  if (periodKind(options) === "none") return [];
  const { notAfter, faults } = readPeriod(options, asked, now, askedAt);
  const beyond = notAfter !== undefined && authorityEnd !== undefined && notAfter > authorityEnd;
  return [
    ...faults.map(({ part, code }) => ({ at: part, code })),
    ...(beyond
      ? [{ at: "to", code: "toBeyondAuthority", facts: { end: jstDate(authorityEnd.toISOString()) } } as const]
      : []),
  ];
}

const sameOrganization = ({ subscriber }: Known, organizationId: string | undefined): readonly Fault[] =>
  subscriber.organizationId === organizationId
    ? []
    : [{ at: "primaryEmail", code: "otherOrganization", facts: { email: subscriber.primaryEmail } }];

function sameNames({ subscriber }: Known, asked: Asked): readonly Fault[] {
  const at = isNamed(asked) ? differingName(subscriber, asked) : undefined;
  if (at === undefined) return [];
  return [{ at, code: "subscriberDiffers", facts: { stored: spelled(subscriber), given: spelled(asked) } }];
}

function slotFree({ slots }: Known, asked: Asked): readonly Fault[] {
  const mail = (asked.certificateEmail ?? asked.primaryEmail)?.toLowerCase();
  const taken = slots.find((slot) => slot.certificateEmail.toLowerCase() === mail && slot.device === asked.device);
  if (taken === undefined) return [];
  return [{ at: "device", code: "slotTaken", facts: { email: taken.certificateEmail, device: taken.device } }];
}
