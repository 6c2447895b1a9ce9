import { fromBER } from "asn1js";
import { Certificate, type BasicConstraints, type ExtKeyUsage, type GeneralName, type AltName } from "pkijs";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { leafTbs, type LeafOrder } from "../../lambdas/pki/profile.ts";
import { ProfileError } from "../../lambdas/pki/profile-error.ts";
import { oid } from "../../lambdas/pki/oids.ts";
import { authorities, leaf, leafOrder } from "./authorities.ts";

const { root, issuing } = await authorities();
const ec = await generateKey("p256");
const rsa = await generateKey("rsa2048");

/** Read by another library. */
const otherReader = (der: Uint8Array): Certificate =>
  new Certificate({ schema: fromBER(Uint8Array.from(der).buffer).result });
const extensionsOf = (der: Uint8Array): { readonly id: string; readonly critical: boolean }[] =>
  (otherReader(der).extensions ?? []).map(({ extnID, critical }) => ({ id: extnID, critical }));
const parsed = (der: Uint8Array, id: string): unknown =>
  otherReader(der).extensions?.find(({ extnID }) => extnID === id)?.parsedValue;

const ruleOf = (change: Partial<LeafOrder>): string | undefined => {
  try {
    leafTbs(leafOrder(issuing, ec.spki, change));
    return undefined;
  } catch (error) {
    return error instanceof ProfileError ? error.rule : String(error);
  }
};

describe("leafTbs", () => {
  it("makes a client certificate with exactly the extensions of the profile", async () => {
    expect(extensionsOf(await leaf(issuing, ec.spki))).toEqual([
      { id: oid.keyUsage, critical: true },
      { id: oid.extKeyUsage, critical: false },
      { id: oid.subjectAltName, critical: false },
      { id: oid.certificatePolicies, critical: false },
      { id: oid.subjectKeyIdentifier, critical: false },
      { id: oid.authorityKeyIdentifier, critical: false },
      { id: oid.crlDistributionPoints, critical: false },
      { id: oid.authorityInfoAccess, critical: false },
    ]);
  });

  it("lets every kind of key sign and nothing else (RFC 5280 4.2.1.12 for clientAuth)", async () => {
    const usage = (der: Uint8Array): string =>
      Buffer.from(otherReader(der).extensions?.[0]?.extnValue.valueBlock.valueHexView ?? []).toString("hex");
    expect(usage(await leaf(issuing, rsa.spki))).toBe("03020780");
    expect(usage(await leaf(issuing, ec.spki))).toBe("03020780");
  });

  it("is for client authentication, and for smart-card logon with a UPN alone", async () => {
    const usages = async (change: Partial<LeafOrder>) =>
      (parsed(await leaf(issuing, ec.spki, change), oid.extKeyUsage) as ExtKeyUsage).keyPurposes;
    expect(await usages({})).toEqual([oid.clientAuth]);
    expect(await usages({ upn: "taro@corp.example.jp" })).toEqual([oid.clientAuth, oid.smartcardLogon]);
  });

  it("names the mail address, and the UPN as UTF8String", async () => {
    const { altNames } = parsed(
      await leaf(issuing, ec.spki, { upn: "太郎@corp.example.jp" }),
      oid.subjectAltName,
    ) as AltName;
    const [mail, upn] = altNames as [GeneralName, GeneralName];
    expect(mail).toMatchObject({ type: 1, value: "taro.yamada@example.jp" });
    expect(upn.type).toBe(0);
    const text = Buffer.from("太郎@corp.example.jp", "utf8");
    expect(
      Buffer.from(leafTbs(leafOrder(issuing, ec.spki, { upn: "太郎@corp.example.jp" }))).includes(
        Buffer.concat([Buffer.from([0x0c, text.length]), text]),
      ),
    ).toBe(true);
  });

  it("leaves the policies out when there are none", async () => {
    expect(extensionsOf(await leaf(issuing, ec.spki, { policies: [] })).map(({ id }) => id)).not.toContain(
      oid.certificatePolicies,
    );
  });

  it("gives the same octets for the same order", () => {
    const order = leafOrder(issuing, ec.spki);
    expect(leafTbs(order)).toEqual(leafTbs(order));
  });

  it.each([
    ["2049-12-31T23:59:59Z", 0],
    ["2050-01-01T00:00:00Z", 1],
  ])("writes the end %s in the type of its year", async (end, type) => {
    const { notAfter } = otherReader(await leaf(issuing, ec.spki, { notAfter: new Date(end) }));
    expect(notAfter.type).toBe(type);
    expect(notAfter.value).toEqual(new Date(end));
  });

  it.each([
    ["an https distribution point", { distributionPoint: "https://crl.example.jp/a.crl" }, "url"],
    ["a relative URL", { caIssuers: "/a.cer" }, "url"],
    ["a URL with Japanese letters", { caIssuers: "http://例え.jp/a.cer" }, "url"],
    ["a UPN without suffix", { upn: "taro" }, "upn"],
    ["a UPN with a control character", { upn: "taro\u{7}@example.jp" }, "hidden-character"],
    ["an empty UPN", { upn: "" }, "empty"],
  ])("refuses %s", (_, change, rule) => {
    expect(ruleOf(change)).toBe(rule);
  });
});

describe("rootTbs and issuingTbs", () => {
  it("make a root with path length 1 that names no authority above it", () => {
    expect(extensionsOf(root.certificate)).toEqual([
      { id: oid.basicConstraints, critical: true },
      { id: oid.keyUsage, critical: true },
      { id: oid.subjectKeyIdentifier, critical: false },
    ]);
    expect(parsed(root.certificate, oid.basicConstraints) as BasicConstraints).toMatchObject({
      cA: true,
      pathLenConstraint: 1,
    });
  });

  it("make an issuing authority with path length 0 and the way to the root's CRL", () => {
    expect(extensionsOf(issuing.certificate).map(({ id }) => id)).toEqual([
      oid.basicConstraints,
      oid.keyUsage,
      oid.certificatePolicies,
      oid.subjectKeyIdentifier,
      oid.authorityKeyIdentifier,
      oid.crlDistributionPoints,
      oid.authorityInfoAccess,
    ]);
    expect(parsed(issuing.certificate, oid.basicConstraints) as BasicConstraints).toMatchObject({
      cA: true,
      pathLenConstraint: 0,
    });
    expect(readCertificate(issuing.certificate).issuer).toBe("CN=Test Root CA, O=Test, C=JP");
  });

  it("verify along the chain with another library", async () => {
    const certificate = otherReader(await leaf(issuing, rsa.spki));
    expect(await certificate.verify(otherReader(issuing.certificate))).toBe(true);
    expect(await otherReader(issuing.certificate).verify(otherReader(root.certificate))).toBe(true);
    expect(await certificate.verify(otherReader(root.certificate))).toBe(false);
  });
});
