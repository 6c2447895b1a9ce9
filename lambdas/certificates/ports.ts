import type { Access } from "../access/access.ts";
import type { Administrators, Admissions } from "../registry/administrator.ts";
import type { Claims } from "../registry/claim.ts";
import type { Random } from "../registry/identifier.ts";
import type { Subscribers } from "../registry/subscriber.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Log } from "../telemetry/log.ts";
import type { Audit } from "../transaction/audit.ts";
import type { Commit } from "../transaction/write.ts";
import type { Certificate, CertificateKey, Certificates, Issuer, KeyEnds, Pending } from "./certificate.ts";
import type { Ledger } from "./ledger.ts";
import type { Lists } from "./list.ts";
import type { Materials } from "./material.ts";
import type { Plans } from "./plans.ts";
import type { Orders } from "./order.ts";
import type { Open, Seal } from "./sealing.ts";

/** The ports of this floor and of those below it, by the names that contexts give them. A context picks what its verb uses. */
export type Ports = {
  readonly now: () => Date;
  readonly random: Random;
  readonly log: Log;
  readonly commit: Commit;
  readonly audit: Audit;
  readonly access: Access;
  readonly tenants: Tenants;
  readonly claims: Claims;
  readonly administrators: Administrators;
  readonly admissions: Admissions;
  readonly orders: Orders;
  readonly subscribers: Subscribers;
  readonly certificates: Certificates;
  readonly pending: Pending;
  readonly keyEnds: KeyEnds;
  readonly lists: Lists;
  readonly materials: Materials;
  readonly ledger: Ledger;
  readonly plans: Plans;
  readonly seal: Seal;
  readonly open: Open;
  /** The provider's name, as certificates, mails and pages say it. */
  readonly brand: string;
  /** End of the subscribers' CA: no certificate outlives it. */
  readonly authorityEnd: () => Promise<Date>;
  readonly sendIssuances: (certificates: readonly (CertificateKey & Pick<Certificate, "issuer">)[]) => Promise<void>;
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
};
