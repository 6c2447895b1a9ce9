import type { FindAuthority } from "../authority/cached.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { Downloadable } from "../certificates/downloadability.ts";
import { fileStem } from "../certificates/file-stem.ts";
import type { Ports } from "../certificates/ports.ts";
import { fileName } from "../contract/file-name.ts";
import { folded } from "../contract/folded.ts";
import { Refusal } from "../refusal.ts";
import type { Tenants } from "../registry/tenant.ts";
import { committed } from "../transaction/write.ts";
import { firstDownload, type FirstDownloadContext } from "./first-download.ts";
import { holderFile } from "./holder-file.ts";
import { type Login, signIn, type SignInContext } from "./sign-in.ts";

export type DownloadContext = SignInContext &
  FirstDownloadContext &
  Pick<Ports, "commit" | "audit" | "open"> & {
    readonly tenants: Pick<Tenants, "findService">;
    readonly authority: FindAuthority;
    /** Stores the file for a day and returns a link that is valid for `seconds`. */
    readonly handOut: (file: Uint8Array, path: string, fileName: string, seconds: number) => Promise<string>;
  };

/** How long a handed-out link is valid: it is a bearer secret. */
const linkSeconds = 60;

export type Handed = { readonly url: string; readonly fileName: string; readonly seconds: number };

/** Builds the PKCS#12 for the certificate's device and hands out a short-lived link to it. */
export async function download(context: DownloadContext, login: Login): Promise<Handed> {
  const { certificate, sealedKey } = await signIn(context, login);
  const { tenantId, certificateId, holder } = certificate;
  const [der, service] = await Promise.all([
    context.certificates.findDer(tenantId, certificateId),
    holder.kind === "subscriber" ? context.tenants.findService(tenantId, holder.serviceId) : undefined,
  ]);
  if (der === undefined) throw new Error(`${certificateId} is issued, but its certificate is missing`);
  const choice = service?.pkcs12 ?? "auto";
  const file = await holderFile(context, certificate, { choice, sealedKey, der, password: folded(login.password) });
  const name = fileNameOf(certificate);
  const url = await context.handOut(file, `${tenantId}/${certificateId}`, name, linkSeconds);
  await markDownloaded(context, certificate, login.address);
  return { url, fileName: name, seconds: linkSeconds };
}

/** `Yamada-Taro_iPhone.p12`: whose, and for which device. */
export const fileNameOf = (certificate: Certificate): string => fileName(fileStem(certificate), ".p12");

/** 証明書ダウンロード済 from the first link on; every one is audited. */
async function markDownloaded(
  context: DownloadContext,
  certificate: Downloadable["certificate"],
  address: string,
): Promise<void> {
  const now = context.now();
  const record = context.audit.record({
    tenantId: certificate.tenantId,
    at: now,
    actor: { kind: "holder", address },
    action: "certificate.download",
    subject: certificate.certificateId,
  });
  const { state } = certificate;
  if (state.status !== "issued") return context.commit([record]);
  if (await committed(context.commit([...firstDownload(context, certificate, state.issuedAt, now), record]))) return;
  // Two simultaneous downloads are fine; of one that was revoked meanwhile no link may be given out.
  const current = await context.certificates.find(certificate.tenantId, certificate.certificateId);
  if (current?.state.status !== "downloaded") throw new Refusal("changedMeanwhile");
  await context.commit([record]);
}
