import { X509Certificate } from "node:crypto";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { serverCertificates } from "../../lib/local/certificates.ts";
import { program, itWith } from "../program.ts";
import { spawnSync } from "node:child_process";
import { temporaryFolder } from "./assembly.ts";

const hosts = ["localhost", "127.0.0.1"];
const day = 86_400_000;

function place(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

describe("making server certificates", () => {
  it("makes an authority whose key is nowhere, and a pair for each host", async () => {
    const folder = place();
    const made = await serverCertificates(folder, hosts, "Test");
    const files = readdirSync(join(folder, "tls")).toSorted();
    expect(files).toEqual(["127.0.0.1.pem", "localhost.pem", "server-ca.pem"]);
    expect(readFileSync(made.caPath, "utf8")).not.toContain("PRIVATE KEY");
    expect(files.map((name) => statSync(join(folder, "tls", name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    const ca = new X509Certificate(readFileSync(made.caPath));
    for (const host of hosts) {
      const certificate = new X509Certificate(made.of(host).cert);
      expect(certificate.checkIssued(ca) && certificate.verify(ca.publicKey)).toBe(true);
      expect(host === "localhost" ? certificate.checkHost(host) : certificate.checkIP(host)).toBe(host);
      expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBeLessThan(397 * day);
    }
  });

  it("keeps them for the next start", async () => {
    const folder = place();
    const first = await serverCertificates(folder, hosts, "Test");
    const before = readFileSync(first.caPath, "utf8");
    const second = await serverCertificates(folder, hosts, "Test");
    expect([readFileSync(second.caPath, "utf8"), second.renewed]).toEqual([before, false]);
  });

  it("makes all anew, and says so, with fewer than 30 days left", async () => {
    const folder = place();
    const first = await serverCertificates(folder, hosts, "Test");
    const before = readFileSync(first.caPath, "utf8");
    vi.useFakeTimers({ now: Date.now() + 368 * day, toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const second = await serverCertificates(folder, hosts, "Test");
    expect(second.renewed).toBe(true);
    expect(readFileSync(second.caPath, "utf8")).not.toBe(before);
  });

  it("makes all anew where a killed start left a part", async () => {
    const folder = place();
    await serverCertificates(folder, hosts, "Test");
    rmSync(join(folder, "tls", "127.0.0.1.pem"));
    const { of, caPath } = await serverCertificates(folder, hosts, "Test");
    expect(new X509Certificate(of("127.0.0.1").cert).checkIssued(new X509Certificate(readFileSync(caPath)))).toBe(true);
  });

  const openssl = program("openssl", "openssl");
  itWith(openssl, "holds to its constraint in OpenSSL's strict eyes, for these hosts alone", async () => {
    const folder = place();
    const { caPath } = await serverCertificates(folder, hosts, "Test");
    const verify = (name: string, ...check: string[]) =>
      spawnSync(
        openssl.path,
        ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", caPath, ...check, join(folder, "tls", name)],
        { encoding: "utf8" },
      );
    expect(verify("localhost.pem", "-verify_hostname", "localhost").status).toBe(0);
    expect(verify("127.0.0.1.pem", "-verify_ip", "127.0.0.1").status).toBe(0);
    const text = spawnSync(openssl.path, ["x509", "-in", caPath, "-noout", "-text"], { encoding: "utf8" }).stdout;
    expect(text).toMatch(
      /Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+IP:127\.0\.0\.1\/255\.255\.255\.255/,
    );
  });
});
