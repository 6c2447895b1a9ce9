import type { Language } from "../contract/rules.ts";
import type { Write } from "../transaction/write.ts";

/** A tenant's administrator (利用法人の管理者). */
export type Administrator = {
  readonly tenantId: string;
  readonly administratorId: string;
  readonly name: string;
  readonly englishName: string;
  readonly email: string;
  readonly language: Language;
  readonly certificateId: string;
  readonly status: "invited" | "active" | "revoked";
};

/** What a presented client certificate stands for, by the SHA-256 of its DER. */
export type Admission = {
  readonly fingerprint: string;
  readonly tenantId: string;
  readonly administratorId: string;
  readonly certificateId: string;
  readonly notAfter: string;
  readonly status: "active" | "revoked";
};

export type Administrators = {
  findAdministrator(tenantId: string, administratorId: string): Promise<Administrator | undefined>;
  listAdministrators(tenantId: string): Promise<readonly Administrator[]>;
  addAdministrator(administrator: Administrator): Write;
  /** Consistent, and never from a cache: a revoked administrator fails on the next request. */
  findAdmission(fingerprint: string): Promise<Admission | undefined>;
  /** Lets the certificate in, and makes it the administrator's current one. */
  admit(admission: Admission): Write;
  /** Shuts the certificate out. */
  dismiss(admission: Pick<Admission, "fingerprint">): Write;
  markAdministrator(tenantId: string, administratorId: string, status: Administrator["status"]): Write;
};
