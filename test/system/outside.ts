/** Programs of others that judge our files. */
import { endpoints } from "./system.ts";
import { file, run } from "./outside-programs.ts";

export { file, folder, run } from "./outside-programs.ts";

/** One object of the public repository, of the product that all system tests share or of another. */
export async function published(path: string, repositoryUrl = endpoints.repositoryUrl): Promise<Buffer> {
  const response = await fetch(repositoryUrl + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Root, issuing CA and both CRLs as PEM files, as a relying party fetches them. */
export async function trust(directory: string, issuer: "subscribers" | "administrators", repositoryUrl?: string) {
  const certificate = async (name: string) =>
    run(
      "openssl",
      "x509",
      "-inform",
      "DER",
      "-in",
      file(directory, `${name}.crt`, await published(`ca/${name}.crt`, repositoryUrl)),
    );
  const crl = async (name: string) =>
    run(
      "openssl",
      "crl",
      "-inform",
      "DER",
      "-in",
      file(directory, `${name}.crl`, await published(`crl/${name}.crl`, repositoryUrl)),
    );
  return {
    root: file(directory, "root.pem", await certificate("root")),
    issuing: file(directory, "issuing.pem", await certificate(issuer)),
    crls: file(directory, "crls.pem", (await crl("root")) + (await crl(issuer))),
  };
}

/** The two files that a server is configured with which lets subscribers in, as the repository serves them. */
export async function serverFiles(directory: string, repositoryUrl?: string) {
  const fetched = async (path: string) =>
    file(directory, path.replace(/.*\//, ""), await published(path, repositoryUrl));
  return { chain: await fetched("ca/subscribers-chain.pem"), crls: await fetched("crl/subscribers-all.pem") };
}

/** `openssl verify` by the test's clock, as strict as it can be, with both CRLs. */
export const verify = (at: { root: string; issuing: string; crls: string }, leaf: string): string =>
  run(
    "openssl",
    "verify",
    "-x509_strict",
    "-attime",
    String(Math.floor(Date.now() / 1000)),
    "-crl_check_all",
    "-purpose",
    "sslclient",
    "-CAfile",
    at.root,
    "-untrusted",
    at.issuing,
    "-CRLfile",
    at.crls,
    leaf,
  );

/** The serial numbers on a published CRL, lower-case hex, as openssl reads them. */
export async function revokedSerials(
  directory: string,
  issuer: string,
  repositoryUrl?: string,
): Promise<readonly string[]> {
  return serialsOn(file(directory, "list.crl", await published(`crl/${issuer}.crl`, repositoryUrl)));
}

/** The serial numbers on the CRL in a file, the first one if it is PEM with several. */
export function serialsOn(path: string): readonly string[] {
  const text = run("openssl", "crl", "-in", path, "-noout", "-text");
  return [...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial = ""]) => serial.toLowerCase());
}
