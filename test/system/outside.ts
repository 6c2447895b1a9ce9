/** Programs of others that judge our files. */
import { endpoints } from "./system.ts";
import { file, run } from "./outside-programs.ts";

export { file, folder, run } from "./outside-programs.ts";

/** One object of the public repository. */
export async function published(path: string): Promise<Buffer> {
  const response = await fetch(endpoints.repositoryUrl + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Root, issuing CA and both CRLs as PEM files, as a relying party fetches them. */
export async function trust(directory: string, issuer: "subscribers" | "administrators") {
  const certificate = async (name: string) =>
    run("openssl", "x509", "-inform", "DER", "-in", file(directory, `${name}.crt`, await published(`ca/${name}.crt`)));
  const crl = async (name: string) =>
    run("openssl", "crl", "-inform", "DER", "-in", file(directory, `${name}.crl`, await published(`crl/${name}.crl`)));
  return {
    root: file(directory, "root.pem", await certificate("root")),
    issuing: file(directory, "issuing.pem", await certificate(issuer)),
    crls: file(directory, "crls.pem", (await crl("root")) + (await crl(issuer))),
  };
}

/** The two files that a server is configured with which lets subscribers in, as the repository serves them. */
export async function serverFiles(directory: string) {
  const fetched = async (path: string) => file(directory, path.replace(/.*\//, ""), await published(path));
  return { chain: await fetched("ca/subscribers-chain.pem"), crls: await fetched("crl/subscribers-all.pem") };
}

/** `openssl verify`, as strict as it can be, with both CRLs. */
export const verify = (at: { root: string; issuing: string; crls: string }, leaf: string): string =>
  run(
    "openssl",
    "verify",
    "-x509_strict",
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
export async function revokedSerials(directory: string, issuer: string): Promise<readonly string[]> {
  return serialsOn(file(directory, "list.crl", await published(`crl/${issuer}.crl`)));
}

/** The serial numbers on the CRL in a file, the first one if it is PEM with several. */
export function serialsOn(path: string): readonly string[] {
  const text = run("openssl", "crl", "-in", path, "-noout", "-text");
  return [...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial = ""]) => serial.toLowerCase());
}
