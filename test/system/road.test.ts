import { describe, expect, it } from "vitest";
import { itWith, program, run as answer } from "../program.ts";
import { file, folder, run, serialsOn, serverFiles, trust, verify } from "./outside.ts";
import { download, fetchPkcs12, mails, mail, operator, revealed, subjects, until } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";
import { nginxWith } from "./nginx.ts";

const openssl = program("openssl", "openssl");
const by = await company();
const email = `Yamada-Taro-${unique()}@mytest.jp`;
const registered = await by.call("registerSubscriber", {
  params: by,
  body: yamada(email, "01", "11", "12", "20", "99"),
});

/** The file of one device: of the five credentials in the mails, the one whose certificate is for it. */
async function fileOf(device: string) {
  const found = await until(`the credential for ${device}`, async () => {
    const letters = (await mails(email)).filter(({ subject }) => subject === subjects.subscriberCredential);
    for (const { text } of letters) {
      const token = /\/notice#([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? "";
      // A revoked certificate's notice is refused; the one that is looked for is another.
      const shown = await download("revealNotice", { body: { token } }).catch(() => undefined);
      if (shown?.device === device) return shown;
    }
    return undefined;
  });
  return { ...found, p12: await fetchPkcs12(found) };
}

describe("a registration of five devices", () => {
  it("answers at once with five certificates that are being issued", () => {
    expect(registered.certificates.map(({ device, status }) => [device, status])).toEqual(
      ["01", "11", "12", "20", "99"].map((device) => [device, "issuing"]),
    );
  });

  it("is listed in the order of the devices, over a page's end too", async () => {
    for (const sort of ["name", "primaryEmail", "certificateEmail"] as const) {
      const listed: string[] = [];
      let cursor: string | undefined;
      do {
        const params = { serviceId: by.serviceId, organizationId: by.organizationId };
        const query = { sort, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
        const page = await by.call("listCertificates", { params, query });
        listed.push(...page.rows.filter((row) => row.primaryEmail === email).map(({ device }) => device));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(listed).toEqual(["01", "11", "12", "20", "99"]);
    }
  });

  it("issues each under the serial that it was ordered with", async () => {
    for (const ordered of registered.certificates) {
      const row = await settled(by, ordered.certificateId);
      expect(row.status).toMatch(/^(issued|downloaded)$/);
      expect(row.serialNumber).toBe(ordered.serialNumber);
    }
  });

  it("sends two mails for each certificate, and no secret in them", async () => {
    const wanted = [subjects.subscriberDownload, subjects.subscriberCredential];
    const letters = await until("ten mails", async () => {
      const found = await mails(email);
      return found.length >= 10 && found;
    });
    expect(letters.map(({ subject }) => subject).toSorted()).toEqual(
      wanted.flatMap((subject) => Array.from({ length: 5 }, () => subject)).toSorted(),
    );
    for (const device of ["01", "11"]) {
      const { password } = await fileOf(device);
      for (const letter of letters) expect(letter.text + letter.html + letter.subject).not.toContain(password);
    }
  });

  for (const device of ["01", "11", "12", "20", "99"] as const) {
    const form = device === "01" ? "modern" : "legacy";
    itWith(openssl, `gives device ${device} a ${form} PKCS#12 that openssl opens`, async () => {
      const { p12, password } = await fileOf(device);
      const at = file(folder(), "holder.p12", p12);
      const open = (password: string, ...more: string[]) =>
        answer(openssl, "pkcs12", ...more, "-in", at, "-passin", `pass:${password}`, "-nodes", "-info");
      const { status, text } = open(password);
      expect(status).toBe(0);
      expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
      expect(text).toContain("BEGIN PRIVATE KEY");
      expect(text).toContain(form === "modern" ? "PBES2, PBKDF2, AES-256-CBC" : "pbeWithSHA1And3-KeyTripleDES-CBC");
      expect(text).toContain(form === "modern" ? "MAC: sha256" : "MAC: sha1");
      expect(text).not.toContain("RC2");
      expect(open(password, "-legacy").status).toBe(0);
      expect(open("wrong")).toMatchObject({ status: 1, text: expect.stringContaining("invalid password") as string });
    });
    itWith(program("pk12util", "libnss3-tools"), `gives device ${device} a PKCS#12 that NSS opens`, async () => {
      const { p12, password } = await fileOf(device);
      const at = folder();
      const text = run("pk12util", "-l", file(at, "holder.p12", p12), "-W", password, "-d", `sql:${at}`);
      expect(text).toContain("Yamada Taro");
    });
    itWith(program("certtool", "gnutls-bin"), `gives device ${device} a PKCS#12 that GnuTLS opens`, async () => {
      const { p12, password } = await fileOf(device);
      const at = file(folder(), "holder.p12", p12);
      const text = run("certtool", "--inder", "--p12-info", "--infile", at, "--password", password);
      expect(text).toContain("BEGIN CERTIFICATE");
      expect(text).toMatch(/PRIVATE KEY/);
    });
    itWith(program("keytool", "default-jre-headless"), `gives device ${device} a PKCS#12 that Java opens`, async () => {
      const { p12, password } = await fileOf(device);
      const at = file(folder(), "holder.p12", p12);
      const text = run(
        "keytool",
        "-J-Duser.language=en",
        "-list",
        "-v",
        "-storetype",
        "PKCS12",
        "-keystore",
        at,
        "-storepass",
        password,
      );
      expect(text).toContain("Entry type: PrivateKeyEntry");
      expect(text).toContain("Certificate chain length: 3");
    });
  }

  it("marks as downloaded what was handed out", async () => {
    await fileOf("01");
    const row = await until("the row to be downloaded", async () => {
      const found = await by.call("getCertificate", {
        params: { certificateId: registered.certificates[0]?.certificateId ?? "" },
      });
      return found.status === "downloaded" && found;
    });
    expect(row.device).toBe("01");
  });
});

describe("an issued certificate", () => {
  itWith(
    openssl,
    "passes openssl's strict verification against the published CA and CRLs, and says whose it is",
    async () => {
      const at = folder();
      const pem = await operator<string>("certificate show", {
        certificate: registered.certificates[0]?.certificateId ?? "",
        pem: true,
      });
      const leaf = file(at, "leaf.pem", pem);
      expect(verify(await trust(at, "subscribers"), leaf)).toContain("leaf.pem: OK");
      const subject = run(
        "openssl",
        "x509",
        "-in",
        leaf,
        "-noout",
        "-subject",
        "-nameopt",
        "RFC2253,sep_comma_plus_space,-dn_rev",
      );
      expect(subject).toMatch(
        new RegExp(`^subject=emailAddress=${email}, CN=Yamada Taro, OU=Warifu, O=Reiwa Certificate Service \\w+, C=JP`),
      );
      const text = run("openssl", "x509", "-in", leaf, "-noout", "-text");
      expect(text).toContain(`email:${email}`);
      expect(text).toContain("TLS Web Client Authentication");
      expect(text).not.toContain("TLS Web Server Authentication");
      expect(text).toContain("crl/subscribers.crl");
    },
  );

  itWith(
    program("nginx", "nginx-light"),
    "is let in by nginx through curl with the p12, and refused after its revocation: nginx has the two files for servers alone",
    async () => {
      const device = "01";
      const { p12, password } = await fileOf(device);
      const at = folder();
      const holder = file(at, "holder.p12", p12);
      const nginx = await nginxWith(at, await serverFiles(at));
      const visit = () => nginx.visit(holder, password);
      try {
        expect(visit()).toBe("200");
        const row = registered.certificates.find((one) => one.device === device);
        const revoked = await by.call("revokeCertificate", {
          params: { certificateId: row?.certificateId ?? "" },
          body: { reason: "keyCompromise" },
        });
        expect(revoked).toMatchObject({ status: "revoked", revocationReason: "keyCompromise" });
        await until("the serial on the CRL", async () =>
          serialsOn((await serverFiles(at)).crls).includes(row?.serialNumber ?? "?"),
        );
        await nginx.reload(await serverFiles(at));
        expect(visit()).toBe("400");
        const leaf = file(
          at,
          "leaf.pem",
          await operator<string>("certificate show", { certificate: row?.certificateId ?? "", pem: true }),
        );
        const now = await trust(at, "subscribers");
        expect(() => verify(now, leaf)).toThrow(/certificate revoked/);
      } finally {
        await nginx.stop();
      }
    },
    120_000,
  );

  it("can no longer be downloaded when it is revoked, and its administrators hear of it", async () => {
    const row = registered.certificates.find((one) => one.device === "99");
    const credential = await fileOf("99");
    await by.call("revokeCertificate", { params: { certificateId: row?.certificateId ?? "" }, body: {} });
    await expect(
      download("signIn", { body: { id: credential.id, password: credential.password } }),
    ).rejects.toMatchObject({
      problem: { status: 403 },
    });
    const letter = await until("a mail that names the serial", async () =>
      (await mails(by.email)).find(
        ({ subject, text }) => subject === subjects.revocation && text.includes(row?.serialNumber ?? "?"),
      ),
    );
    expect(letter.text).toContain("令和 三郎");
  });
});

describe("the administrator's own certificate", () => {
  itWith(openssl, "comes from the administrators' CA and passes the same verification", async () => {
    const at = folder();
    const text = run(
      "openssl",
      "pkcs12",
      "-in",
      file(at, "a.p12", by.p12),
      "-passin",
      `pass:${by.password}`,
      "-nokeys",
      "-clcerts",
    );
    expect(verify(await trust(at, "administrators"), file(at, "leaf.pem", text))).toContain("leaf.pem: OK");
  });

  it("was announced by exactly the two mails that the manual names", async () => {
    await mail(by.email, subjects.administratorDownload);
    await mail(by.email, subjects.administratorCredential);
    expect(await revealed(by.email, subjects.administratorCredential)).toMatchObject({
      holder: "administrator",
      id: by.email,
    });
  });
});
