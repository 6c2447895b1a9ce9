import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { permit } from "../permit.ts";
import { describe, expect, it } from "vitest";
import type { Certificate } from "../../lambdas/certificates/certificate.ts";
import { displayName } from "../../lambdas/certificates/display-name.ts";
import { device } from "../../lambdas/contract/fields.ts";
import { holderFile } from "../../lambdas/downloads/holder-file.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { newSerial } from "../../lambdas/pki/serial.ts";
import { authorities, leaf } from "../pki/authorities.ts";
import { testFolder } from "../pki/folder.ts";
import { itWith, program, run } from "../program.ts";

const keytool = program("keytool", "default-jre-headless");
const certutil = program("certutil", "libnss3-tools");

const person = (change: Partial<Certificate> = {}): Certificate => ({
  tenantId: "t0000000000",
  certificateId: `t0000000000-c${newSerial().slice(0, 12)}`,
  issuer: "subscribers",
  holder: {
    kind: "subscriber",
    subscriberId: "t0000000000-u000000000000",
    serviceId: "t0000000000-s000000000000",
    organizationId: "t0000000000-o000000000000",
    organizationName: "本社",
    familyName: "山田",
    givenName: "太郎",
    familyNameKana: "ヤマダ",
    givenNameKana: "タロウ",
    primaryEmail: "taro@example.jp",
  },
  certificateEmail: "taro@example.jp",
  device: "01",
  serialNumber: `${newSerial().slice(0, 24)}3f9a01bc`,
  subject: { commonName: "Yamada Taro", organizationalUnits: ["Warifu"], organization: "Reiwa Certificate Service" },
  key: "p256",
  notBefore: "2026-11-22T02:55:00.000Z",
  notAfter: "2031-11-22T14:59:59.000Z",
  requestedAt: "2026-11-22T03:00:00.000Z",
  correspondence: { language: "ja", companyName: "令和証明書サービス" },
  state: { status: "issued", issuedAt: "2026-11-22T03:00:01.000Z" },
  ...change,
});
const administrator: Certificate["holder"] = {
  kind: "administrator",
  administratorId: "t0000000000-a000000000000",
  name: "令和 三郎",
};
const named = (commonName: string): Pick<Certificate, "subject"> => ({ subject: { ...person().subject, commonName } });
const long = "kentaro.yamamoto@sales.tsurukame.example.jp";

describe("displayName", () => {
  it.each([
    ["name, mail, device and the end of the serial", {}, "Yamada Taro - taro@example.jp - WindowsPC - 3f9a01bc"],
    ["the device in the holder's language", { device: "99" }, "Yamada Taro - taro@example.jp - その他 - 3f9a01bc"],
    [
      "the device in English",
      { device: "99", correspondence: { language: "en", companyName: "Reiwa" } },
      "Yamada Taro - taro@example.jp - Other - 3f9a01bc",
    ],
    ["no device for an administrator", { holder: administrator }, "Yamada Taro - taro@example.jp - 3f9a01bc"],
    ["no device beside a long mail", { certificateEmail: long.slice(8) }, `Yamada Taro - ${long.slice(8)} - 3f9a01bc`],
    ["no mail when it is too long", { certificateEmail: `${long}.${long}` }, "Yamada Taro - WindowsPC - 3f9a01bc"],
    ["the beginning of a long name", named("Yamada ".repeat(9)), `${"Yamada ".repeat(8).slice(0, 53)} - 3f9a01bc`],
    ["whole characters of it", named("𠮷".repeat(60)), `${"𠮷".repeat(26)} - 3f9a01bc`],
  ] as const)("says %s", (_, change, expected) => {
    expect(displayName(person(change))).toBe(expected);
  });

  it("is at most 64 characters and ends with the serial's, whatever the names", () => {
    const text = (maxLength: number) => fc.string({ unit: "grapheme", minLength: 1, maxLength });
    fc.assert(
      fc.property(text(64), text(255), fc.constantFrom(...device.options), (name, certificateEmail, device) => {
        const certificate = person({ ...named(name), certificateEmail, device, serialNumber: newSerial() });
        const shown = displayName(certificate);
        expect(shown.length).toBeLessThanOrEqual(64);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.endsWith(` - ${certificate.serialNumber.slice(-8)}`)).toBe(true);
      }),
    );
  });
});

describe("several certificates in one key store", async () => {
  const folder = testFolder();
  const password = "abcdefgh2345";
  const { root, issuing } = await authorities();
  /** Two people of one name; the first has a PC and another device, and the PC's certificate a second time (renewed). */
  const people = await Promise.all(
    [{}, { certificateEmail: "taro2@example.jp" }, { device: "99" } as const, {}].map(async (change, at) => {
      const certificate = person({ ...change, serialNumber: newSerial() });
      const { pkcs8, spki } = await generateKey("p256");
      const subject = { ...certificate.subject, email: certificate.certificateEmail, country: "JP" };
      const der = await leaf(issuing, spki, { serialNumber: certificate.serialNumber, subject });
      const file = await holderFile(
        {
          open: async () => Buffer.from(pkcs8),
          authority: async (name) => ({ name, certificate: (name === "root" ? root : issuing).certificate }),
        },
        permit,
        certificate,
        { choice: "auto", sealedKey: pkcs8, der, password },
      );
      return { name: displayName(certificate), path: folder.write(`${at}.p12`, file) };
    }),
  );

  itWith(
    keytool,
    "are all kept by Java's keytool",
    () => {
      const store = join(folder.path, "store.p12");
      for (const { path } of people) {
        const source = ["-srckeystore", path, "-srcstoretype", "PKCS12", "-srcstorepass", password];
        const target = ["-destkeystore", store, "-deststoretype", "PKCS12", "-deststorepass", password];
        const imported = run(keytool, "-J-Duser.language=en", "-importkeystore", "-noprompt", ...source, ...target);
        expect(imported.text).not.toContain("Overwriting");
        expect(imported.status).toBe(0);
      }
      const { text } = run(
        keytool,
        "-J-Duser.language=en",
        "-J-Dfile.encoding=UTF-8",
        "-J-Dstdout.encoding=UTF-8",
        "-list",
        "-keystore",
        store,
        "-storepass",
        password,
      );
      expect(text).toContain("contains 4 entries");
      for (const { name } of people) expect(text).toContain(name.toLowerCase());
    },
    120_000,
  );

  itWith(
    certutil,
    "are all kept by NSS, each person's under a name of its own",
    () => {
      const database = join(folder.path, "nss");
      mkdirSync(database);
      expect(run(certutil, "-N", "-d", `sql:${database}`, "--empty-password").status).toBe(0);
      const pk12util = program("pk12util", "libnss3-tools");
      for (const { path } of people) {
        expect(run(pk12util, "-i", path, "-W", password, "-K", "", "-d", `sql:${database}`).status).toBe(0);
      }
      const { text } = run(certutil, "-L", "-d", `sql:${database}`);
      expect(text.match(/ u,u,u$/gm)).toHaveLength(people.length);
      // NSS keeps one name for all certificates of one subject: the first one's.
      const [first, second] = people;
      expect(text.match(new RegExp(`^${first?.name} `, "gm"))).toHaveLength(people.length - 1);
      expect(text.match(new RegExp(`^${second?.name} `, "gm"))).toHaveLength(1);
    },
    60_000,
  );
});
