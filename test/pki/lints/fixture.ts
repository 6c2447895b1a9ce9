/** Good certificates of every role, ways to spoil them, and the proof that a rule accepts the ones and refuses the others. */
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { Extension, TBSCertificate } from "@peculiar/asn1-x509";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../../lambdas/pki/certificate.ts";
import { DerError } from "../../../lambdas/pki/der-reader.ts";
import { LintError, prepare } from "../../../lambdas/pki/issuance.ts";
import { generateKey } from "../../../lambdas/pki/keys.ts";
import { type LeafPolicies, readLinted, type Lint } from "../../../lambdas/pki/lints/linted.ts";
import { leafTbs, type LeafOrder } from "../../../lambdas/pki/profile.ts";
import { authorities, leafOrder } from "../authorities.ts";

/** A TBS and who is to sign it, and of a leaf which policies are due. */
export type Case = {
  readonly tbs: Uint8Array;
  readonly authority: Uint8Array | "self";
  readonly policies?: LeafPolicies;
};

const { root, issuing } = await authorities();
const leafKeys = await generateKey("p256");

const tbsOf = (der: Uint8Array): Uint8Array => readCertificate(der).tbs;
export const goodRoot: Case = { tbs: tbsOf(root.certificate), authority: "self" };
export const goodIssuing: Case = { tbs: tbsOf(issuing.certificate), authority: root.certificate };
export const goodLeaf = (change: Partial<LeafOrder> = {}): Case => ({
  tbs: leafTbs(leafOrder(issuing, leafKeys.spki, change)),
  authority: issuing.certificate,
});

/** The case with its TBS changed through the library's structures. */
export function altered({ tbs, authority }: Case, change: (tbs: TBSCertificate) => void): Case {
  const structure = AsnConvert.parse(tbs, TBSCertificate);
  change(structure);
  return { tbs: new Uint8Array(AsnConvert.serialize(structure)), authority };
}

/** The case with octets replaced, found and given in hex of the same length. */
export function respelled({ tbs, authority }: Case, from: string, to: string): Case {
  const hex = Buffer.from(tbs).toString("hex");
  if (from.length !== to.length || !hex.includes(from)) throw new Error("the octets to replace are not there");
  return { tbs: new Uint8Array(Buffer.from(hex.replace(from, to), "hex")), authority };
}

/** Sets the value of an extension, or adds the extension. */
export function setExtension(tbs: TBSCertificate, id: string, value: Uint8Array | object, critical = false): void {
  const extnValue = new OctetString(value instanceof Uint8Array ? value : AsnConvert.serialize(value));
  const extension = tbs.extensions?.find(({ extnID }) => extnID === id);
  if (extension === undefined) tbs.extensions?.push(new Extension({ extnID: id, critical, extnValue }));
  else extension.extnValue = extnValue;
}

export function removeExtension(tbs: TBSCertificate, id: string): void {
  const index = tbs.extensions?.findIndex(({ extnID }) => extnID === id) ?? -1;
  if (index < 0) throw new Error("the extension to remove is not there");
  tbs.extensions?.splice(index, 1);
}

/** Tests one rule: every good certificate passes, every bad one is found by this rule and is not signed. */
export function provesRule(
  rule: Lint,
  good: Readonly<Record<string, Case>>,
  bad: Readonly<Record<string, () => Case>>,
): void {
  const findings = ({ tbs, authority, policies }: Case): readonly string[] => {
    const linted = readLinted(tbs, authority, policies);
    try {
      return rule.find(linted);
    } catch (error) {
      if (error instanceof DerError) return [error.message];
      throw error;
    }
  };
  describe(`the rule ${rule.name}`, () => {
    const all = {
      "a root": goodRoot,
      "an issuing authority": goodIssuing,
      "a leaf": goodLeaf(),
      "a leaf with UPN": goodLeaf({ upn: "taro@example.jp" }),
      ...good,
    };
    it.each(Object.entries(all))("accepts %s", (_, accepted) => {
      expect(findings(accepted)).toEqual([]);
      expect(() => prepare(accepted.tbs, accepted.authority, accepted.policies)).not.toThrow();
    });
    it.each(Object.entries(bad))("refuses %s", (_, refused) => {
      const one = refused();
      expect(findings(one)).not.toEqual([]);
      const prepared = () => prepare(one.tbs, one.authority, one.policies);
      expect(prepared).toThrow(LintError);
      expect(prepared).toThrow(`${rule.name}: `);
    });
  });
}
