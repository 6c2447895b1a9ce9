import type { Certificate } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import type { Write } from "../transaction/write.ts";

export type FirstDownloadContext = Pick<Ports, "certificates"> & {
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
  const downloaded = { status: "downloaded", issuedAt, downloadedAt: now.toISOString() } as const;
  const keyEndsAt = new Date(Math.min(now.getTime() + keyRetentionDays * day, Date.parse(certificate.notAfter)));
  return [certificates.move(certificate, ["issued"], downloaded, { keyEndsAt })];
}
