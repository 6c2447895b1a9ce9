import type { Language } from "../contract/language.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Write } from "../transaction/write.ts";

/** A tenant's administrator (利用法人の管理者). */
export type Administrator = {
  readonly tenantId: string;
  readonly administratorId: string;
  readonly name: string;
  readonly englishName: string;
  readonly email: string;
  readonly language: Language;
  /** The newest one. */
  readonly certificateId: string;
  /** Older ones that may still be in force beside it. */
  readonly earlierCertificateIds?: readonly string[];
  readonly status: "invited" | "active" | "revoked";
  /** The others were told of the revocation: nothing of it is left to do. */
  readonly revocationTold?: true;
};

/** The name by which an administrator is addressed, in their own language. */
export const administratorName = ({ name, englishName, language }: Administrator): string =>
  ({ ja: name, en: englishName })[language];

/** What a presented client certificate admits to, by the SHA-256 of its DER. */
export type Admission = {
  readonly fingerprint: string;
  readonly tenantId: string;
  readonly administratorId: string;
  readonly certificateId: string;
  readonly notAfter: string;
};

export type Admissions = {
  /** Undefined also where it has ended. Consistent, and never from a cache: a revoked administrator fails on the next request. */
  find(fingerprint: string): Promise<Admission | undefined>;
  /** Lets the certificate in. */
  admit(admission: Admission): Write;
  /** Shuts the certificate out for good. */
  end(fingerprint: string): Write;
};

export type Administrators = {
  findAdministrator(tenantId: string, administratorId: string): Promise<Administrator | undefined>;
  listAdministrators(tenantId: string): Promise<readonly Administrator[]>;
  addAdministrator(administrator: Administrator): Write;
  /** Fails if the administrator is revoked, or has another newest certificate by now. */
  markAdministrator(
    administrator: Pick<Administrator, "tenantId" | "administratorId" | "certificateId">,
    status: "active",
  ): Write;
  /** Ends the administrator's authority, also over what waits to be done in their name; fails if it has ended already. */
  markRevoked(administrator: Pick<Administrator, "tenantId" | "administratorId">): readonly Write[];
  /** Fails unless the administrator is revoked and the others are not told of it yet. */
  markRevocationTold(administrator: Pick<Administrator, "tenantId" | "administratorId">): Write;
  /** Whether acts that were asked for earlier may be begun in this actor's name; `mustStillAct` decides when they are done. */
  mayStillAct(actor: Actor): Promise<boolean>;
  /**
   * For the transaction of an act that was asked for earlier: fails with `actorRevoked` if its actor is an administrator
   * who is revoked by now. No writes for any other actor. `spread`: acts that are done side by side, such as the rows
   * of a file, give different numbers, so that they do not collide.
   */
  mustStillAct(actor: Actor, spread?: number): readonly Write[];
  /** Makes another certificate the newest one; fails as `markAdministrator` does. */
  replaceCertificate(
    administrator: Administrator,
    certificateId: string,
    earlierCertificateIds: readonly string[],
  ): Write;
};
