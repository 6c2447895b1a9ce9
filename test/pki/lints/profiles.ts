/** Certificates of every kind as the profile writes them, and what two readers that know nothing of each other read in them. */
import { AsnConvert } from "@peculiar/asn1-schema";
import { TBSCertificate, type Name } from "@peculiar/asn1-x509";
import { instantOf } from "../../../lambdas/pki/der-reader.ts";
import { tag } from "../../../lambdas/pki/der.ts";
import { generateKey } from "../../../lambdas/pki/keys.ts";
import { issuingTbs, leafTbs, rootTbs, type IssuingOrder, type LeafOrder } from "../../../lambdas/pki/profile.ts";
import type { Tbs } from "../../../lambdas/pki/tbs.ts";
import { authorities, rsaSigner, ecdsaSigner, type TestAuthority } from "../authorities.ts";
import type { Case } from "./fixture.ts";

export const [ec, rsa, ecKey, rsaKey] = await Promise.all([
  authorities("p256"),
  authorities("rsa2048"),
  generateKey("p256"),
  generateKey("rsa2048"),
]);

export const hex = (octets: Uint8Array | ArrayBuffer): string =>
  Buffer.from(octets instanceof ArrayBuffer ? new Uint8Array(octets) : octets).toString("hex");
const serialized = (structure: object): string => hex(AsnConvert.serialize(structure));

/** What was read by the product, and what @peculiar/asn1-x509 reads, in the same words. */
export const ours = (tbs: Tbs) => ({
  ...tbs,
  version: Number(tbs.version),
  signatureAlgorithm: hex(tbs.signatureAlgorithm),
  issuerName: hex(tbs.issuerName),
  subjectName: hex(tbs.subjectName),
  subject: tbs.subject.map((rdn) => rdn.map(({ type, tag: string, text }) => ({ type, string, text }))),
  notBefore: { tag: tbs.notBefore[0], instant: instantOf(tbs.notBefore) },
  notAfter: { tag: tbs.notAfter[0], instant: instantOf(tbs.notAfter) },
  spki: hex(tbs.spki),
  extensions: tbs.extensions.map(({ id, critical, value }) => ({ id, critical, value: hex(value) })),
});

export const theirs = (der: Uint8Array): ReturnType<typeof ours> => {
  const tbs = AsnConvert.parse(der, TBSCertificate);
  const time = ({ utcTime, generalTime }: TBSCertificate["validity"]["notBefore"]) =>
    utcTime === undefined
      ? { tag: tag.generalizedTime, instant: generalTime ?? new Date(Number.NaN) }
      : { tag: tag.utcTime, instant: utcTime };
  return {
    version: tbs.version,
    serialNumber: hex(tbs.serialNumber).replace(/^00(?=.)/, ""),
    signatureAlgorithm: serialized(tbs.signature),
    issuerName: serialized(tbs.issuer),
    subjectName: serialized(tbs.subject),
    subject: attributesOf(tbs.subject),
    notBefore: time(tbs.validity.notBefore),
    notAfter: time(tbs.validity.notAfter),
    spki: serialized(tbs.subjectPublicKeyInfo),
    uniqueIdentifiers: tbs.issuerUniqueID !== undefined || tbs.subjectUniqueID !== undefined,
    extensions: (tbs.extensions ?? []).map(({ extnID, critical, extnValue }) => ({
      id: extnID,
      critical,
      value: hex(extnValue.buffer),
    })),
  };
};

const attributesOf = (name: Name) =>
  name.map((rdn) =>
    rdn.map(({ type, value: { utf8String, ia5String, printableString } }) => ({
      type,
      string: utf8String ? tag.utf8String : ia5String ? tag.ia5String : printableString ? tag.printableString : 0,
      text: utf8String ?? ia5String ?? printableString,
    })),
  );

export type Order = Omit<LeafOrder, "authority">;

/** A TBS of every kind of certificate with the authority that signs it; a root signs itself. */
export type Profile = Case & { readonly signer: TestAuthority["signerFor"] };

const withoutEmail = ({ subject: { email: _, ...subject }, ...rest }: Order): Omit<IssuingOrder, "authority"> => ({
  ...rest,
  subject,
});
export const leafBelow = ({ certificate, signerFor }: TestAuthority, any: Order): Profile => ({
  tbs: leafTbs({ ...any, authority: certificate }),
  authority: certificate,
  signer: signerFor,
});
export const issuingBelow = ({ certificate, signerFor }: TestAuthority, any: Order): Profile => ({
  tbs: issuingTbs({ ...withoutEmail(any), authority: certificate }),
  authority: certificate,
  signer: signerFor,
});
export const rootOf = (any: Order): Profile => ({
  tbs: rootTbs(withoutEmail(any)),
  authority: "self",
  signer: (tbs) => (any.publicKey === rsaKey.spki ? rsaSigner(rsaKey.pkcs8) : ecdsaSigner(ecKey.pkcs8, tbs)),
});

export const makers: readonly ((any: Order) => Profile)[] = [
  (any) => leafBelow(ec.issuing, any),
  (any) => leafBelow(rsa.issuing, any),
  (any) => issuingBelow(ec.root, any),
  (any) => issuingBelow(rsa.root, any),
  rootOf,
];
