import { access } from "./aws/access.ts";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { certificates } from "./aws/certificates.ts";
import { materials } from "./aws/materials.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/dynamo.ts";
import { kms, opener } from "./aws/kms.ts";
import { committer } from "./aws/commit.ts";
import { fileLinks } from "./aws/links.ts";
import { putObject } from "./aws/objects.ts";
import { tenants } from "./aws/tenants.ts";
import { cachedAuthorities } from "./authority/cached.ts";
import { holderName } from "./certificates/view.ts";
import { downloadRoutes } from "./contract/download.ts";
import { download, fileNameOf } from "./downloads/download.ts";
import { reveal } from "./downloads/reveal.ts";
import { signIn } from "./downloads/sign-in.ts";
import { environmentOf } from "./environment.ts";
import { serve } from "./http/serve.ts";

const environment = environmentOf("download-api");
const client = dynamo();
const store = s3();
const bucket = environment.DOWNLOADS_BUCKET;
const context = {
  now: () => new Date(),
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  materials: materials(client, environment.MATERIALS_TABLE),
  authority: cachedAuthorities(authorities(client, environment.AUTHORITIES_TABLE)),
  access: access(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  open: opener(kms(), environment.SEALING_KEY),
  keyRetentionDays: Number(environment.KEY_RETENTION_DAYS),
  storeFile: async (file: Uint8Array, key: string) => {
    await putObject(store, bucket, key, file, { type: "application/x-pkcs12", cache: "no-store" });
  },
  linkTo: fileLinks(store, bucket),
} as const;

/** Nobody signs in here with a certificate: the address is all that is known before ID and password. */
const anybody = async (event: { requestContext: { identity: { sourceIp: string } } }) => ({
  caller: { address: event.requestContext.identity.sourceIp },
});

export const handler = serve("Warifu download", downloadRoutes, anybody, {
  getBrand: async () => ({ brand: environment.BRAND, repositoryUrl: environment.REPOSITORY_URL }),
  revealNotice: async ({ body, caller }) => {
    const { certificate, password, until } = await reveal(context, body.token, caller.address);
    const { certificateEmail: id, device, holder } = certificate;
    return { holder: holder.kind, id, password, until, device };
  },
  signIn: async ({ body, caller }) => {
    const { certificate } = await signIn(context, { ...body, ...caller });
    const { certificateEmail, device, holder, notAfter, state, subject } = certificate;
    const tenant = await context.tenants.findTenant(certificate.tenantId);
    return {
      holder: holder.kind,
      name: holderName(certificate),
      englishName: subject.commonName,
      certificateEmail,
      companyName: tenant?.name ?? "",
      companyEnglishName: tenant?.englishName ?? "",
      device,
      status: state.status,
      notAfter,
      fileName: fileNameOf(certificate),
    };
  },
  downloadCertificate: async ({ body, caller }) => download(context, { ...body, ...caller }),
});
