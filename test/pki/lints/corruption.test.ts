import { ObjectIdentifier } from "asn1js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DerError } from "../../../lambdas/pki/der-reader.ts";
import { LintError, prepare } from "../../../lambdas/pki/issuance.ts";
import { readLinted } from "../../../lambdas/pki/lints/linted.ts";
import { CA_URL, CRL_URL } from "../authorities.ts";
import { ours, theirs, leafBelow, issuingBelow, rootOf, ec, rsa, ecKey, rsaKey } from "./profiles.ts";

/** Where the octets of these values lie; they are given in the order of the certificate. */
function placesOf(tbs: Uint8Array, values: readonly (string | Uint8Array)[]): Set<number> {
  const der = Buffer.from(tbs);
  let end = 0;
  return new Set(
    values.flatMap((value) => {
      const octets = typeof value === "string" ? Buffer.from(value, "utf8") : value;
      const start = der.indexOf(octets, end);
      if (start < 0) throw new Error(`${String(value)} is not there`);
      end = start + octets.length;
      return Array.from(octets, (_, index) => start + index);
    }),
  );
}

const texts = {
  commonName: "Taro Tester",
  organizationalUnits: ["Unit 1", "営業部"],
  organization: "Subject Corporation",
};
const fixed = {
  serialNumber: "5aa55aa55aa55aa55aa55aa55aa55aa5",
  notBefore: new Date("2026-03-04T05:06:07Z"),
  notAfter: new Date("2050-10-11T12:13:14Z"),
  publicKey: ecKey.spki,
  distributionPoint: CRL_URL,
  caIssuers: CA_URL,
  subject: { ...texts, email: "taro@example.jp", country: "XY" },
  upn: "upn-太郎@corp.example.jp",
  policies: ["1.3.6.1.4.1.99999.1", "2.25.340282366920938463463374607431768211455"],
};
const times = ["260304050607", "20501011121314"];
const freeOfRoots = [Buffer.from(fixed.serialNumber, "hex"), ...times];
const freeOfName = [texts.commonName, ...texts.organizationalUnits, texts.organization, fixed.subject.country];
const policies = fixed.policies.map((dotted) =>
  new Uint8Array(new ObjectIdentifier({ value: dotted }).toBER()).subarray(2),
);
const freeOfIssuing = [...freeOfRoots, ...freeOfName, CRL_URL, CA_URL];
const freeOfLeaves = [...freeOfRoots, ...freeOfName, fixed.upn, ...policies, CRL_URL, CA_URL];

/**
 * Free are the octets of the serial number, the digits of the times, the texts of CN, OU, O and C, the UPN, the URLs and the
 * policies; not E, which appears twice. A root's name appears twice too, so of a root serial number and times alone are free.
 */
describe("changing one octet of a TBS", () => {
  it.each([
    ["a P-256 leaf", leafBelow(ec.issuing, fixed), freeOfLeaves],
    ["an RSA leaf below RSA", leafBelow(rsa.issuing, { ...fixed, publicKey: rsaKey.spki }), freeOfLeaves],
    ["an issuing authority", issuingBelow(ec.root, fixed), freeOfIssuing],
    ["a root", rootOf(fixed), freeOfRoots],
  ])("makes %s refused, or another good certificate by a free octet alone", (_, { tbs, authority }, values) => {
    const free = placesOf(tbs, values);
    const change = fc.record({ at: fc.nat({ max: tbs.length - 1 }), flip: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(change, ({ at, flip }) => {
        const changed = tbs.map((octet, index) => (index === at ? octet ^ flip : octet));
        try {
          prepare(changed, authority);
        } catch (error) {
          expect(error instanceof LintError || error instanceof DerError, String(error)).toBe(true);
          return;
        }
        expect(free, `octet ${at}`).toContain(at);
        expect(ours(readLinted(changed, authority).tbs)).toEqual(theirs(changed));
      }),
      { numRuns: 5000 },
    );
  });

  it("is seen in the reading, wherever it does not make it refused", () => {
    const { tbs, authority } = leafBelow(ec.issuing, fixed);
    const before = ours(readLinted(tbs, authority).tbs);
    for (const at of placesOf(tbs, freeOfLeaves)) {
      const changed = tbs.map((octet, index) => (index === at ? octet ^ 1 : octet));
      try {
        prepare(changed, authority);
      } catch {
        continue;
      }
      expect(ours(readLinted(changed, authority).tbs), `octet ${at}`).not.toEqual(before);
    }
  });
});
