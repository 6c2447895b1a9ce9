import { offsets } from "./ports.ts";

/** Region and account of everything on this machine; the account is the one that the local services put into ARNs. */
export const region = "ap-northeast-1";
export const account = "000000000000";

/** The names that the two servers present certificates for. */
export const hosts = ["localhost", "127.0.0.1"] as const;

export const defaultPortBase = 18_000;

/** The parts of the installation by address, each with its slash at the end. */
export function addresses(base: number) {
  const at = (part: keyof typeof offsets): number => base + offsets[part];
  return {
    // Two names for one machine: cookies and client certificates of the one are not sent to the other.
    adminUrl: `https://localhost:${at("admin")}/`,
    downloadUrl: `https://127.0.0.1:${at("download")}/`,
    repositoryUrl: `http://127.0.0.1:${at("repository")}/`,
    mailUrl: `http://127.0.0.1:${at("mailbox")}/`,
  };
}

/** What this machine answers to the template's parameters. */
export function parametersFor(base: number): Readonly<Record<string, string>> {
  const { adminUrl, downloadUrl, repositoryUrl } = addresses(base);
  const certificate = `arn:aws:acm:${region}:${account}:certificate/this-machine`;
  return {
    AdminHost: new URL(adminUrl).host,
    DownloadHost: new URL(downloadUrl).host,
    RepositoryHost: new URL(repositoryUrl).host,
    AdminCertificateArn: certificate,
    DownloadCertificateArn: certificate,
    RepositoryCertificateArn: certificate,
    SenderAddress: "notices@localhost",
  };
}
