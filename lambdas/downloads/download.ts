import type { FindAuthority } from "../authority/cached.ts";
import type { Certificate, CertificateKey } from "../certificates/certificate.ts";
import type { Downloadable } from "../certificates/downloadability.ts";
import { fileStem } from "../certificates/file-stem.ts";
import type { Ports } from "../certificates/ports.ts";
import type { LinkTo, Permit } from "../certificates/sealing.ts";
import { fileName } from "../contract/file-name.ts";
import { folded } from "../contract/folded.ts";
import { handToHolder } from "../exports/hand-out.ts";
import { Refusal } from "../refusal.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Write } from "../transaction/write.ts";
import { firstDownload, type FirstDownloadContext } from "./first-download.ts";
import { holderFile } from "./holder-file.ts";
import { type Login, signIn, type SignInContext } from "./sign-in.ts";

export type DownloadContext = SignInContext &
  FirstDownloadContext &
  Pick<Ports, "commit" | "audit" | "open"> & {
    readonly tenants: Pick<Tenants, "findService">;
    readonly authority: FindAuthority;
    /** Stores the file at this key for a day. */
    readonly storeFile: (file: Uint8Array, key: string) => Promise<void>;
    readonly linkTo: LinkTo;
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
  const name = fileNameOf(certificate);
  const key = preparedUnder(certificate) + name;
  const url = await handDownloaded(context, certificate, login.address, async (permit) => {
    const content = { choice, sealedKey, der, password: folded(login.password) };
    await context.storeFile(await holderFile(context, permit, certificate, content), key);
    return context.linkTo(permit, key, name, linkSeconds);
  });
  return { url, fileName: name, seconds: linkSeconds };
}

/** Where the files of a certificate are prepared. */
export const preparedUnder = ({ tenantId, certificateId }: CertificateKey): string => `${tenantId}/${certificateId}/`;

/** `Yamada-Taro_iPhone.p12`: whose, and for which device. */
export const fileNameOf = (certificate: Certificate): string => fileName(fileStem(certificate), ".p12");

/** 証明書ダウンロード済 from the first link on; every one is audited. */
async function handDownloaded<T>(
  context: DownloadContext,
  certificate: Downloadable["certificate"],
  address: string,
  release: (permit: Permit) => Promise<T>,
): Promise<T> {
  const now = context.now();
  const { tenantId, certificateId: subject, state } = certificate;
  const entry = {
    tenantId,
    at: now,
    actor: { kind: "holder", address },
    action: "certificate.download",
    subject,
  } as const;
  const hand = (also: readonly Write[]) => handToHolder(context, entry, also, release);
  if (state.status !== "issued") return hand([]);
  try {
    return await hand(firstDownload(context, certificate, state.issuedAt, now));
  } catch (error) {
    // Two simultaneous downloads are fine; of one that was revoked meanwhile no link may be given out.
    if (!(error instanceof Refusal && error.kind === "changedMeanwhile")) throw error;
    const current = await context.certificates.find(tenantId, subject);
    if (current?.state.status !== "downloaded") throw error;
    return hand([]);
  }
}
