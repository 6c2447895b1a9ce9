import type { Certificate } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import type { Write } from "../transaction/write.ts";

export type FirstDownloadContext = Pick<Ports, "certificates" | "materials"> & {
  /** Days from the first download until the private key is destroyed. */
  readonly keyRetentionDays: number;
};

const day = 86_400_000;

/** 証明書ダウンロード済, and the day from which its private key is no longer kept; fails unless it is issued and not yet downloaded. */
export function firstDownload(
  { certificates, materials, keyRetentionDays }: FirstDownloadContext,
  certificate: Certificate,
  issuedAt: string,
  now: Date,
): readonly Write[] {
  return [
    certificates.move(certificate, ["issued"], { status: "downloaded", issuedAt, downloadedAt: now.toISOString() }),
    materials.destroyKeyFrom(certificate, new Date(now.getTime() + keyRetentionDays * day)),
  ];
}
