import type { Certificate, Certificates } from "../certificates/certificate.ts";
import type { Write } from "../transaction/write.ts";

export type FirstDownloadContext = {
  readonly certificates: Certificates;
  /** Days from the first download until the private key is destroyed. */
  readonly keyRetentionDays: number;
};

const day = 86_400_000;

/** 証明書ダウンロード済, and the day from which its private key is no longer kept; fails unless it is issued and not yet downloaded. */
export function firstDownload(
  { certificates, keyRetentionDays }: FirstDownloadContext,
  certificate: Certificate,
  issuedAt: string,
  now: Date,
): readonly Write[] {
  return [
    certificates.move(certificate, ["issued"], { status: "downloaded", issuedAt, downloadedAt: now.toISOString() }),
    certificates.destroyKeyFrom(certificate, new Date(now.getTime() + keyRetentionDays * day)),
  ];
}
