import type { Language } from "../contract/language.ts";
import type { ServiceOption } from "../contract/shapes.ts";
import type { Write } from "../transaction/write.ts";

/** A company that rents the system (利用法人). */
export type Tenant = {
  readonly tenantId: string;
  readonly name: string;
  readonly englishName: string;
  /** Language of its mails. */
  readonly language: Language;
  readonly createdAt: string;
};

/** The company's name as a mail in this language gives it. */
export const companyName = ({ name, englishName }: Tenant, language: Language): string =>
  ({ ja: name, en: englishName })[language];

/** The form of the PKCS#12 files: "auto" is the form that each certificate's device opens. */
export const pkcs12Choices = ["auto", "modern", "legacy"] as const;
export type Pkcs12Choice = (typeof pkcs12Choices)[number];

export type KeyChoice = "auto" | "rsa2048" | "rsa3072" | "p256";

/** What a tenant has contracted (サービス): options, profile, licences. */
export type ContractedService = {
  readonly tenantId: string;
  readonly serviceId: string;
  readonly name: string;
  /** When it was contracted; services of before it was kept have none. */
  readonly createdAt?: string;
  readonly options: readonly ServiceOption[];
  readonly issuing: boolean;
  readonly licences: number;
  /** Slots with a live or issuing certificate; changed only together with them. */
  readonly licencesUsed: number;
  readonly key: KeyChoice;
  readonly pkcs12: Pkcs12Choice;
  readonly validityMonths: number;
  /** Lower-case mail domains that certificates may carry; empty allows all whose mailbox is asked, and no bulk download. */
  readonly mailDomains: readonly string[];
  /** Organizations (O) that certificates may carry beside the tenant's own. */
  readonly subjectOrganizations: readonly string[];
  /** Lower-case UPN suffixes that may be asked for; empty allows none. */
  readonly principalSuffixes: readonly string[];
};

/** What of a service may change; what is not named stays as it is. */
export type ServiceChanges = Partial<Omit<ContractedService, "tenantId" | "serviceId" | "createdAt" | "licencesUsed">>;

/** A unit of a tenant (組織, default 本社). */
export type Organization = {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly name: string;
  /** The one that came with the tenant (本社). */
  readonly headOffice?: boolean;
};

export type Tenants = {
  findTenant(tenantId: string): Promise<Tenant | undefined>;
  listTenants(): Promise<readonly Tenant[]>;
  addTenant(tenant: Tenant): readonly Write[];
  /** Replaces the names and language that the tenant was read with; fails if they were changed meanwhile. */
  changeTenant(from: Tenant, to: Tenant): readonly Write[];
  findService(tenantId: string, serviceId: string): Promise<ContractedService | undefined>;
  listServices(tenantId: string): Promise<readonly ContractedService[]>;
  addService(service: ContractedService): Write;
  /** Changes these alone, and at least one; fails if they name the licences and those were changed meanwhile. */
  changeService(from: ContractedService, changes: ServiceChanges): Write;
  findOrganization(tenantId: string, organizationId: string): Promise<Organization | undefined>;
  listOrganizations(tenantId: string): Promise<readonly Organization[]>;
  addOrganization(organization: Organization): Write;
  /** Takes `count` licences while that many are free and issuing is allowed; fails otherwise. */
  takeLicences(service: ContractedService, count: number): Write;
  releaseLicences(tenantId: string, serviceId: string, count: number): Write;
};
