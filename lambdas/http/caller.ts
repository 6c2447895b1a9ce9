import { createHash } from "node:crypto";
import type { APIGatewayProxyEvent } from "aws-lambda";
import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import type { Administrator } from "../registry/administrator.ts";
import type { Tenant } from "../registry/tenant.ts";

/** Who calls the admin site. Everything about them comes from our own record of the certificate. */
export type Caller = {
  readonly tenant: Tenant;
  readonly administrator: Administrator;
  readonly notAfter: string;
  readonly address: string;
};

type CallerContext = Pick<Ports, "now" | "administrators" | "admissions" | "tenants">;

/**
 * The administrator of the presented client certificate. API Gateway has checked the chain, but
 * neither revocation nor whose it is: both are looked up by the SHA-256 of the DER, consistently,
 * on every request; whatever fails, fails closed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export async function callerOf(context: CallerContext, event: APIGatewayProxyEvent): Promise<Caller> {
  const presented = fingerprintOf(event);
  if (presented === undefined) throw new Refusal("unauthenticated");
  const admission = await context.admissions.find(presented);
  if (admission === undefined || new Date(admission.notAfter) < context.now()) throw new Refusal("unauthenticated");
  const [administrator, tenant] = await Promise.all([
    context.administrators.findAdministrator(admission.tenantId, admission.administratorId),
    context.tenants.findTenant(admission.tenantId),
  ]);
  if (administrator?.status !== "active" || tenant === undefined) throw new Refusal("unauthenticated");
  return {
    tenant,
    administrator,
    notAfter: admission.notAfter,
    address: event.requestContext.identity.sourceIp,
  };
}

/**
 * SHA-256 of the client certificate's DER, hex; undefined where none was presented. The gateway has parsed and verified the
 * certificate already.
 */
export function fingerprintOf({ requestContext }: APIGatewayProxyEvent): string | undefined {
  const pem = requestContext.identity.clientCert?.clientCertPem ?? "";
  const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1];
  return body === undefined ? undefined : createHash("sha256").update(Buffer.from(body, "base64")).digest("hex");
}
