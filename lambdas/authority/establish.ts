import { checkPublication, nextEntries } from "../pki/crl-publication.ts";
import { crlTbs, signCrl } from "../pki/crl.ts";
import { type DigestSigner, issue, prepare } from "../pki/issuance.ts";
import { issuingTbs, rootTbs } from "../pki/profile.ts";
import { newSerial } from "../pki/serial.ts";
import { validFrom } from "../pki/signing-time.ts";
import { addJstMonths, startOfJstDay } from "../contract/jst.ts";
import { issuers } from "../certificates/certificate.ts";
import { judge } from "./at-address.ts";
import type { Authorities, Authority, AuthorityName } from "./authority.ts";
import { repositoryKeys } from "./repository.ts";

export type EstablishContext = {
  readonly now: () => Date;
  readonly brand: string;
  readonly repositoryUrl: string;
  readonly authorities: Authorities;
  /** SubjectPublicKeyInfo (DER) of an authority's key. */
  readonly publicKey: (name: AuthorityName) => Promise<Uint8Array>;
  /** Signs the authorities' certificates and the root's CRL. */
  readonly rootSigner: DigestSigner;
};

const titles: Record<AuthorityName, string> = {
  root: "Root CA",
  subscribers: "Subscribers CA",
  administrators: "Administrators CA",
};
/** Years. An issuing CA outlives the longest certificate by as much again. */
const years = { root: 20, issuing: 10 } as const;

/** Root and issuing authorities, in that order: found, or made and stored. */
export async function establish(context: EstablishContext): Promise<Readonly<Record<AuthorityName, Authority>>> {
  const root = await foundOrMade(context, "root", async (order) => {
    const tbs = rootTbs({ ...order, notAfter: ending(context, years.root) });
    return issue(prepare(tbs, "self"), context.rootSigner);
  });
  const below = async (name: AuthorityName) =>
    foundOrMade(context, name, async (order) => {
      const tbs = issuingTbs({
        ...order,
        notAfter: ending(context, years.issuing),
        authority: root.certificate,
        distributionPoint: context.repositoryUrl + repositoryKeys.crl("root"),
        caIssuers: context.repositoryUrl + repositoryKeys.certificate("root"),
      });
      return issue(prepare(tbs, root.certificate), context.rootSigner);
    });
  return { root, subscribers: await below(issuers[0]), administrators: await below(issuers[1]) };
}

const ending = (context: EstablishContext, count: number) => addJstMonths(context.now(), count * 12);

async function foundOrMade(
  context: EstablishContext,
  name: AuthorityName,
  make: (order: {
    readonly serialNumber: string;
    readonly notBefore: Date;
    readonly publicKey: Uint8Array;
    readonly subject: {
      readonly commonName: string;
      readonly organizationalUnits: readonly string[];
      readonly organization: string;
      readonly country: string;
    };
  }) => Promise<Uint8Array>,
): Promise<Authority> {
  const found = await context.authorities.findAuthority(name);
  if (found !== undefined) return found;
  const certificate = await make({
    serialNumber: newSerial(),
    // A subscriber's certificate may begin at 0:00 of the day of its registration, or earlier by the clock tolerance,
    // and never before its authority.
    notBefore: startOfJstDay(validFrom(context.now())),
    publicKey: await context.publicKey(name),
    subject: {
      commonName: `${context.brand} ${titles[name]}`,
      organizationalUnits: [],
      organization: context.brand,
      country: "JP",
    },
  });
  return context.authorities.keepAuthority({ name, certificate });
}

/** Milliseconds. The root's CRL is signed each month: two months may be missed before verifiers refuse it. */
const rootCrlLifetime = 100 * 86_400_000;

/** The root's next CRL: it lists whatever the published one lists. What is at the address and is no list of the root counts as nothing. */
export async function rootCrl(
  context: EstablishContext,
  root: Authority,
  published?: Uint8Array,
): Promise<{ readonly der: Uint8Array; readonly number: number }> {
  const { crl: shown } = judge(published, root.certificate, undefined);
  const { number } = await context.authorities.nextCrlNumber("root", Number(shown?.number ?? 0));
  const signedAt = context.now();
  const tbs = crlTbs({
    issuerCertificate: root.certificate,
    number,
    signedAt,
    lifetime: rootCrlLifetime,
    entries: nextEntries({ ledger: [], published: shown, thisUpdate: validFrom(signedAt) }),
  });
  const der = await signCrl(tbs, context.rootSigner, root.certificate);
  checkPublication(der, shown, [], root.certificate);
  return { der, number };
}
