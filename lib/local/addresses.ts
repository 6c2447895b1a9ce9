import { offsets } from "./ports.ts";

/** Region and account of everything on this machine; the local services put this account into ARNs. */
export const region = "ap-northeast-1";
export const account = "000000000000";

/** The hosts of the two HTTPS servers. */
export const hosts = ["localhost", "127.0.0.1"] as const;

export const defaultPortBase = 18_000;

/** The addresses of the installation's parts, each with a trailing slash. */
export function addresses(base: number) {
  const at = (part: keyof typeof offsets): number => base + offsets[part];
  return {
    // Two hosts, so that browsers do not send the cookies and client certificates of one site to the other.
    adminUrl: `https://localhost:${at("admin")}/`,
    downloadUrl: `https://127.0.0.1:${at("download")}/`,
    repositoryUrl: `http://127.0.0.1:${at("repository")}/`,
    mailUrl: `http://127.0.0.1:${at("mailbox")}/`,
  };
}

/** Values of the template's parameters on this machine. */
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
    // Below the arc that ITU-T X.660 keeps for examples.
    CertificatePolicy: "2.999.1",
  };
}
