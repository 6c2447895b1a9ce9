import type { FindAuthority } from "../authority/cached.ts";
import type { Certificate } from "../certificates/certificate.ts";
import { pkcs12FormOf } from "../certificates/device.ts";
import { displayName } from "../certificates/display-name.ts";
import type { Open, Permit } from "../certificates/sealing.ts";
import { pkcs12 } from "../pki/pkcs12.ts";
import type { Pkcs12Choice } from "../registry/tenant.ts";

type FileContext = { readonly open: Open; readonly authority: FindAuthority };

/** What goes into the file, and the form that its service chose for it. */
export type FileContent = {
  readonly choice: Pkcs12Choice;
  readonly sealedKey: Uint8Array;
  readonly der: Uint8Array;
  readonly password: string;
};

/** The PKCS#12 of a certificate in its service's or its device's form, with its chain. The opened key is wiped afterwards. */
export async function holderFile(
  context: FileContext,
  permit: Permit,
  certificate: Certificate,
  { choice, sealedKey, der, password }: FileContent,
): Promise<Uint8Array> {
  const [issuing, root] = await Promise.all([context.authority(certificate.issuer), context.authority("root")]);
  const bound = { tenant: certificate.tenantId, certificate: certificate.certificateId } as const;
  const pkcs8 = await context.open(permit, { ...bound, part: "key" }, sealedKey);
  const file = await pkcs12({
    form: pkcs12FormOf(certificate, choice),
    pkcs8,
    certificates: [der, issuing.certificate, root.certificate],
    password,
    friendlyName: displayName(certificate),
  });
  pkcs8.fill(0);
  return file;
}
