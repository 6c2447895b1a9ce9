/** A company of its own for a test, with an administrator who has signed in. */
import { randomBytes } from "node:crypto";
import { adminRoutes, type AdminRoutes } from "../../lambdas/contract/admin.ts";
import type { CertificateRow } from "../../lambdas/contract/shapes.ts";
import { type Call, caller } from "../../web/shared/call.ts";
import { type Product, subjects, until } from "./product.ts";
import { yamadaTaro } from "../person.ts";
import { requester } from "./request.ts";

export type Company = {
  readonly tenantId: string;
  readonly serviceId: string;
  readonly organizationId: string;
  readonly administratorId: string;
  readonly email: string;
  readonly p12: Buffer;
  readonly password: string;
  /** The admin site as the administrator's browser calls it. */
  readonly call: Call<AdminRoutes>;
  /** The same connection, for requests that a browser would not make. */
  readonly fetch: typeof fetch;
};

/** Letters that make names of this test run its own. */
export const unique = (): string => randomBytes(5).toString("hex");

/** Options of a service whose certificates may be downloaded in bulk: those of `people`, and others of this domain. */
export const forBulkDownload = { "allow-mail-domain": "mytest.jp" } as const;

/** Shares the domains that a service's options list, so that every test's company may list them. */
async function share(at: Pick<Product, "operator">, service: Record<string, string | boolean>): Promise<void> {
  for (const [option, kind] of Object.entries({ "allow-mail-domain": "mail", "allow-upn": "upn" }))
    for (const domain of String(service[option] ?? "")
      .split(",")
      .filter((one) => one !== ""))
      await at.operator("domain share", { domain, kind });
}

/** Makes a tenant with a service and an administrator, who downloads the certificate as the mails say. */
export async function companyAt(at: Product, service: Record<string, string | boolean> = {}): Promise<Company> {
  const name = unique();
  const { tenantId } = await at.operator<{ tenantId: string }>("tenant create", {
    name: "令和証明書サービス",
    "english-name": `Reiwa Certificate Service ${name}`,
  });
  await share(at, service);
  const { serviceId } = await at.operator<{ serviceId: string }>("service create", {
    tenant: tenantId,
    name: "NRAサービス",
    key: "p256",
    ...service,
  });
  const shown = await at.operator<{ organizations: { organizationId: string }[] }>("tenant show", { tenant: tenantId });
  const organizationId = shown.organizations[0]?.organizationId ?? "";
  const email = `saburo-${name}@example.jp`;
  const { administratorId } = await at.operator<{ administratorId: string }>("administrator create", {
    tenant: tenantId,
    name: "令和 三郎",
    "english-name": "Reiwa Saburo",
    email,
    language: "ja",
  });
  const { id, password } = await at.revealed(email, subjects.administratorCredential);
  const p12 = await at.fetchPkcs12({ id, password });
  const tls = { ca: at.serverCa, pfx: p12, passphrase: password };
  const call = administratorCaller(at, tls);
  return {
    tenantId,
    serviceId,
    organizationId,
    administratorId,
    email,
    p12,
    password,
    call,
    fetch: requester(tls),
  };
}

/** A typed client for the admin site over these TLS options, with the Origin that a browser sends. */
export function administratorCaller(
  at: Product,
  tls: Parameters<typeof requester>[0],
  agent?: Parameters<typeof requester>[2],
): Call<AdminRoutes> {
  const { origin } = new URL(at.endpoints.adminUrl);
  return caller<AdminRoutes>(adminRoutes, {
    base: origin,
    language: () => "ja",
    fetch: requester(tls, { Origin: origin, "Sec-Fetch-Site": "same-origin" }, agent),
  });
}

/** 山田 太郎 with a mail of his own. */
export const yamada = (email: string, ...devices: ("01" | "11" | "12" | "20" | "99")[]) => ({
  ...yamadaTaro,
  primaryEmail: email,
  devices: devices.map((device) => ({ device })),
});

/** Waits until a certificate has left "issuing", and returns its row. */
export const settled = (by: Company, certificateId: string): Promise<CertificateRow> =>
  until(`certificate ${certificateId}`, async () => {
    const row = await by.call("getCertificate", { params: { certificateId } });
    return row.status === "issuing" ? undefined : row;
  });
