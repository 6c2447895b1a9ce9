import type { Certificate } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import { standardPeriod } from "../registration/period.ts";
import { keyKindFor } from "../pki/keys.ts";
import { newSerial } from "../pki/serial.ts";
import type { Administrator } from "../registry/administrator.ts";
import { companyName, type Tenant } from "../registry/tenant.ts";

type Context = Pick<Ports, "now" | "brand"> & { readonly administratorsAuthorityEnd: () => Promise<Date> };

const validityMonths = 24;

/** The certificate that the administrator's record names, as "issuing": the issuer treats it as any other. */
export async function administratorCertificate(
  context: Context,
  tenant: Tenant,
  administrator: Administrator,
  supersedes?: Certificate["supersedes"],
): Promise<Certificate> {
  const now = context.now();
  const period = standardPeriod(validityMonths, now, await context.administratorsAuthorityEnd());
  return {
    tenantId: tenant.tenantId,
    certificateId: administrator.certificateId,
    issuer: "administrators",
    holder: { kind: "administrator", administratorId: administrator.administratorId, name: administrator.name },
    certificateEmail: administrator.email,
    device: "01",
    serialNumber: newSerial(),
    subject: {
      commonName: administrator.englishName,
      organizationalUnits: [context.brand],
      organization: tenant.englishName,
    },
    key: keyKindFor("auto", period.notAfter),
    notBefore: period.notBefore.toISOString(),
    notAfter: period.notAfter.toISOString(),
    requestedAt: now.toISOString(),
    correspondence: { language: administrator.language, companyName: companyName(tenant, administrator.language) },
    state: { status: "issuing" },
    ...(supersedes === undefined ? {} : { supersedes }),
  };
}
