import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fromBER } from "asn1js";
import { PFX } from "pkijs";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { newPassword } from "../../lambdas/pki/password.ts";
import { pkcs12, type Pkcs12Form, type Pkcs12Order } from "../../lambdas/pki/pkcs12.ts";
import { itWith, program, run } from "../program.ts";
import { authorities, leaf } from "./authorities.ts";
import { testFolder } from "./folder.ts";

const { root, issuing } = await authorities("rsa2048");
const keys = { rsa: await generateKey("rsa2048"), ec: await generateKey("p256") };
const certificates = { rsa: await leaf(issuing, keys.rsa.spki), ec: await leaf(issuing, keys.ec.spki) };
const password = newPassword();
const folder = testFolder();

const order = (form: Pkcs12Form, key: "rsa" | "ec", change: Partial<Pkcs12Order> = {}): Pkcs12Order => ({
  form,
  pkcs8: keys[key].pkcs8,
  certificates: [certificates[key], issuing.certificate, root.certificate],
  password,
  friendlyName: "山田 太郎 (Warifu)",
  ...change,
});

const openssl = program("openssl", "openssl");
const pk12util = program("pk12util", "libnss3-tools");
const certutil = program("certutil", "libnss3-tools");
const certtool = program("certtool", "gnutls-bin");
const keytool = program("keytool", "default-jre-headless");

const FORMS = ["modern", "legacy"] as const;
const KEYS = ["rsa", "ec"] as const;
const cases = FORMS.flatMap((form) => KEYS.map((key) => ({ form, key })));
const sha256Of = (der: Uint8Array): string =>
  readCertificate(der)
    .sha256.toUpperCase()
    .replace(/..(?=.)/g, "$&:");

describe.each(cases)("pkcs12 in the $form form with a key of $key", async ({ form, key }) => {
  const file = folder.write(`${form}-${key}.p12`, await pkcs12(order(form, key)));

  it("opens in node with its password alone", async () => {
    const pfx = Buffer.from(await pkcs12(order(form, key)));
    expect(() => createSecureContext({ pfx, passphrase: password })).not.toThrow();
    expect(() => createSecureContext({ pfx, passphrase: `${password}x` })).toThrow(/mac verify failure/);
  });

  const openings = form === "modern" ? [[], ["-legacy"]] : [["-legacy"], []];
  for (const flags of openings) {
    itWith(openssl, `gives key and chain to openssl pkcs12 ${flags.join(" ")}`, () => {
      const { status, text } = run(openssl, "pkcs12", "-in", file, "-passin", `pass:${password}`, "-nodes", ...flags);
      expect(text.match(/friendlyName/g)).toHaveLength(2);
      expect(text.match(/localKeyID/g)).toHaveLength(2);
      expect(status).toBe(0);
      const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      expect(pems.map((pem) => new X509Certificate(pem).fingerprint256).toSorted()).toEqual(
        [certificates[key], issuing.certificate, root.certificate].map(sha256Of).toSorted(),
      );
      const pem = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(text)?.[0] ?? "";
      expect(createPrivateKey(pem).export({ type: "pkcs8", format: "der" }).equals(keys[key].pkcs8)).toBe(true);
    });
  }

  itWith(openssl, "has the algorithms of the form", () => {
    const { text } = run(openssl, "pkcs12", "-in", file, "-passin", `pass:${password}`, "-info", "-noout", "-legacy");
    const [mac, encryption] =
      form === "modern"
        ? ["MAC: sha256, Iteration 2048", "PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256"]
        : ["MAC: sha1, Iteration 2048", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048"];
    expect(text).toContain(mac);
    expect(text).toContain(`PKCS7 Encrypted data: ${encryption}`);
    expect(text).toContain(`Shrouded Keybag: ${encryption}`);
    expect(text).not.toContain("RC2");
    if (form === "legacy") expect(text).toContain("salt length: 8");
  });

  itWith(
    pk12util,
    "is listed and imported by NSS",
    () => {
      const database = join(folder.path, `nss-${form}-${key}`);
      mkdirSync(database);
      expect(run(certutil, "-N", "-d", `sql:${database}`, "--empty-password").status).toBe(0);
      const listed = run(pk12util, "-l", file, "-W", password, "-d", `sql:${database}`);
      expect(listed.text.match(/Friendly Name: 山田 太郎 \(Warifu\)/g)).toHaveLength(2);
      expect(listed.status).toBe(0);
      expect(run(pk12util, "-i", file, "-W", password, "-K", "", "-d", `sql:${database}`)).toMatchObject({
        status: 0,
        text: expect.stringContaining("IMPORT SUCCESSFUL") as string,
      });
      expect(run(certutil, "-K", "-d", `sql:${database}`).text).toContain("山田 太郎 (Warifu)");
    },
    60_000,
  );

  itWith(certtool, "is read by GnuTLS with key and chain", () => {
    const { status, text } = run(certtool, "--p12-info", "--inder", "--infile", file, "--password", password);
    expect(text).toContain("MAC info:");
    expect(text).toContain("PKCS #8 Encrypted key");
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect(text).toMatch(/Friendly name: 山田 太郎/);
    expect(status).toBe(0);
  });

  itWith(
    keytool,
    "is a key entry with its whole chain to Java",
    () => {
      const { status, text } = run(
        keytool,
        "-list",
        "-v",
        "-storetype",
        "PKCS12",
        "-keystore",
        file,
        "-storepass",
        password,
      );
      expect(text).toContain("Entry type: PrivateKeyEntry");
      expect(text).toContain("Certificate chain length: 3");
      expect(text).toContain(sha256Of(certificates[key]));
      expect(status).toBe(0);
    },
    60_000,
  );

  itWith(openssl, "refuses a wrong password", () => {
    expect(run(openssl, "pkcs12", "-in", file, "-passin", "pass:wrong", "-noout", "-legacy").status).not.toBe(0);
  });
});

describe("pkcs12", () => {
  it("is DER that another library reads back to the same octets", async () => {
    const der = await pkcs12(order("modern", "ec"));
    const pfx = new PFX({ schema: fromBER(Uint8Array.from(der).buffer).result });
    await pfx.parseInternalValues({ checkIntegrity: true, password: Uint8Array.from(Buffer.from(password)).buffer });
    expect(Buffer.from(pfx.toSchema().toBER()).equals(der)).toBe(true);
  });

  it("uses new salts every time", async () => {
    expect(await pkcs12(order("legacy", "ec"))).not.toEqual(await pkcs12(order("legacy", "ec")));
  });

  it.each([
    ["an empty password", { password: "" }, "password: "],
    ["a Japanese password", { password: "ひみつ" }, "password: "],
    ["an empty friendly name", { friendlyName: "" }, "friendly-name: "],
    ["a friendly name with half a character", { friendlyName: "\u{d842}" }, "friendly-name: "],
  ])("refuses %s", async (_, change, message) => {
    await expect(pkcs12(order("modern", "ec", change))).rejects.toThrow(message);
  });
});
