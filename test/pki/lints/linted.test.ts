import { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { AuthorityInfoAccessSyntax, ExtendedKeyUsage, SubjectAlternativeName } from "@peculiar/asn1-x509";
import { fromBER, Utf8String } from "asn1js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentOf, DerError, instantOf, wholeElement } from "../../../lambdas/pki/der-reader.ts";
import { context, integer, sequence } from "../../../lambdas/pki/der.ts";
import { issue, prepare } from "../../../lambdas/pki/issuance.ts";
import { readLinted } from "../../../lambdas/pki/lints/linted.ts";
import { emailFault, textFault } from "../../../lambdas/pki/name.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { extensionValue, type Tbs } from "../../../lambdas/pki/tbs.ts";
import { goodIssuing, goodRoot, respelled, type Case } from "./fixture.ts";
import { hex, ours, theirs, makers, ecKey, rsaKey } from "./profiles.ts";

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 64 })
  .filter((any) => textFault(any, 64) === undefined);
const email = fc
  .tuple(fc.stringMatching(/^[a-z0-9._+-]{1,40}$/), fc.domain())
  .map(([local, domain]) => `${local}@${domain}`)
  .filter((any) => emailFault(any) === undefined);
const upn = fc
  .string({ unit: fc.constantFrom(...Array.from("abzAZ09.-太郎éß𠮷")), minLength: 1, maxLength: 40 })
  .map((name) => `${name}@corp.example.jp`);
// node quotes what is not of these characters
const url = fc.stringMatching(/^[a-z0-9/._~?&=-]{0,80}$/).map((path) => `http://repository.example.jp/${path}`);
const policy = fc
  .array(fc.bigInt({ min: 0n, max: 1n << 128n }), { minLength: 1, maxLength: 4 })
  .map((arcs) => `1.3.6.1.4.1.${arcs.join(".")}`);
const serialNumber = fc.stringMatching(/^[1-7][0-9a-f]{31}$/);
const second = (from: string, to: string) =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

const order = fc.record({
  serialNumber,
  notBefore: second("2026-01-01T00:00:00Z", "2035-12-31T23:59:59Z"),
  notAfter: second("2036-01-01T00:00:00Z", "2051-01-01T00:00:00Z"),
  publicKey: fc.constantFrom(ecKey.spki, rsaKey.spki),
  distributionPoint: url,
  caIssuers: url,
  subject: fc.record({
    email,
    commonName: text,
    organizationalUnits: fc.array(text, { maxLength: 4 }),
    organization: text,
    country: fc.stringMatching(/^[A-Z]{2}$/),
  }),
  upn: fc.option(upn, { nil: undefined }),
  policies: fc.uniqueArray(policy, { maxLength: 3 }),
});
const profile = fc.tuple(fc.constantFrom(...makers), order).map(([make, any]) => make(any));

/** What was read, in the words of node's X509Certificate; the values of extensions through the other library. */
const NODE_NAMES: Readonly<Record<string, string>> = {
  [oid.emailAddress]: "emailAddress",
  [oid.commonName]: "CN",
  [oid.organizationalUnitName]: "OU",
  [oid.organizationName]: "O",
  [oid.countryName]: "C",
};

function subjectOf({ subject }: Tbs): Record<string, unknown> {
  const byName = Map.groupBy(subject.flat(), ({ type }) => NODE_NAMES[type] ?? type);
  return Object.fromEntries(
    [...byName].map(([name, attributes]) => {
      const texts = attributes.map((attribute) => attribute.text);
      return [name, texts.length === 1 ? texts[0] : texts];
    }),
  );
}

function usagesOf({ extensions }: Tbs): string[] | undefined {
  const value = extensionValue(extensions, oid.extKeyUsage);
  return value && [...AsnConvert.parse(value, ExtendedKeyUsage)];
}

function alternativeNamesOf({ extensions }: Tbs): string | undefined {
  const value = extensionValue(extensions, oid.subjectAltName);
  if (value === undefined) return undefined;
  return [...AsnConvert.parse(value, SubjectAlternativeName)]
    .map(({ rfc822Name, otherName }) => {
      const upnString = otherName && fromBER(otherName.value).result;
      return upnString instanceof Utf8String ? `othername:UPN:${upnString.getValue()}` : `email:${rfc822Name}`;
    })
    .join(", ");
}

function infoAccessOf({ extensions }: Tbs): string | undefined {
  const value = extensionValue(extensions, oid.authorityInfoAccess);
  const [access] = value === undefined ? [] : AsnConvert.parse(value, AuthorityInfoAccessSyntax);
  return access && `CA Issuers - URI:${access.accessLocation.uniformResourceIdentifier}`;
}

describe("reading a TBS", () => {
  it("gives what another library reads, field for field and extension for extension", () => {
    fc.assert(
      fc.property(profile, ({ tbs, authority }) => {
        expect(ours(readLinted(tbs, authority).tbs)).toEqual(theirs(tbs));
      }),
      { numRuns: 500 },
    );
  });

  it("gives what node's own reader reads in the finished certificate", async () => {
    await fc.assert(
      fc.asyncProperty(profile, async ({ tbs, authority, signer }) => {
        const read = readLinted(tbs, authority).tbs;
        const node = new X509Certificate(await issue(prepare(tbs, authority), signer(tbs)));
        expect(node.serialNumber.toLowerCase()).toBe(read.serialNumber);
        expect(new Date(node.validFrom)).toEqual(instantOf(read.notBefore));
        expect(new Date(node.validTo)).toEqual(instantOf(read.notAfter));
        expect(hex(node.publicKey.export({ type: "spki", format: "der" }))).toBe(hex(read.spki));
        expect(node.ca).toBe(extensionValue(read.extensions, oid.basicConstraints) !== undefined);
        expect({ ...node.toLegacyObject().subject }).toEqual(subjectOf(read));
        expect(node.keyUsage).toEqual(usagesOf(read));
        expect(node.subjectAltName).toBe(alternativeNamesOf(read));
        expect(node.infoAccess?.trim()).toBe(infoAccessOf(read));
      }),
      { numRuns: 300 },
    );
  });
});

const fieldsOfRoot = contentOf(goodRoot.tbs, wholeElement(goodRoot.tbs));

describe("a structure that DER or RFC 5280 does not know", () => {
  it.each<[string, Case]>([
    ["a FALSE that is the default", respelled(goodIssuing, "0603551d130101ff", "0603551d13010100")],
    ["an element after the extensions", { ...goodRoot, tbs: sequence(fieldsOfRoot, context(4, integer(1))) }],
    ["nothing but a version", { ...goodRoot, tbs: sequence(context(0, integer(2))) }],
  ])("is refused: %s", (_, { tbs, authority }) => {
    expect(() => prepare(tbs, authority)).toThrow(DerError);
  });
});
