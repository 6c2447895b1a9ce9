import { findWhole } from "../certificates/whole.ts";
import { begin, each, type Step } from "../async/each.ts";
import type { Authority, AuthorityName } from "../authority/authority.ts";
import type { Certificate, CertificateKey, Issuer } from "../certificates/certificate.ts";
import { orderDigest } from "../certificates/order.ts";
import type { Material } from "../certificates/material.ts";
import type { MailPorts } from "../notices/ports.ts";
import { type DigestSigner, issue as sign, LintError, prepare, type Prepared } from "../pki/issuance.ts";
import type { KeyKind, KeyPair } from "../pki/keys.ts";
import { ProfileError } from "../pki/profile-error.ts";
import { fail } from "./fail.ts";
import { holderRevoked } from "./holder.ts";
import { finish, type FinishContext, type Finished } from "./finish.ts";
import { type MaterialContext, newMaterial } from "./material.ts";
import { leafPolicies } from "./policies.ts";

export type IssueContext = FinishContext &
  MaterialContext &
  Pick<MailPorts, "administrators" | "materials" | "sendNotices" | "sendPublication"> & {
    readonly generateKey: (kind: KeyKind) => Promise<KeyPair>;
    readonly authority: (name: AuthorityName) => Promise<Authority>;
    /** Certificates of this issuer are issued, and no others. */
    readonly issuer: Issuer;
    readonly signer: DigestSigner;
    readonly orders: Pick<MailPorts["orders"], "findDigest">;
  };

export type IssuanceRequest = CertificateKey;
export type IssuanceOutcome = "issued" | "failed" | "nothing to do";

type Early = Exclude<IssuanceOutcome, "issued">;
type Loaded = {
  readonly certificate: Certificate;
  readonly authority: Authority;
  /** Of an earlier try, or of another issuer at work on the same certificate. */
  readonly stored: Material | undefined;
};
type Keyed = Loaded & { readonly keys: KeyPair | undefined };
type Linted = { readonly certificate: Certificate; readonly material: Material; readonly prepared: Prepared };
type Made = Loaded & { readonly linted: Linted };
type Signed = Linted & { readonly der: Uint8Array };

/**
 * Brings "issuing" certificates to "issued": material first (stored before anything is signed), then the signature, then
 * one transaction each for row, credential, notice and audit. Every step may be repeated or raced: the first stored result
 * is the one that is used, so a serial never has two contents. The certificates of a batch take each step together: most
 * of a call's cost is waking up for its answer. One that fails does not hold up the others; results come in the order of
 * the requests.
 */
export async function issueAll(
  context: IssueContext,
  requests: readonly IssuanceRequest[],
): Promise<readonly PromiseSettledResult<IssuanceOutcome>[]> {
  const loaded = await each(begin(requests), (request) => load(context, request));
  const keyed = await each(loaded, (one) => makeKey(context, one));
  const made = await each(keyed, unlessRefused(context, makeMaterial));
  const stored = await each(made, unlessRefused(context, storeMaterial));
  const signed = await each(stored, unlessRefused(context, signCertificate));
  const finished = await each(signed, async (one): Promise<Step<Finished, Early>> => ({
    next: await finish(context, one.certificate, one.der, one.material),
  }));
  await followUp(
    context,
    finished.flatMap((one) => (one.status === "fulfilled" && "next" in one.value ? [one.value.next] : [])),
  );
  return finished.map((one) =>
    one.status === "rejected" ? one : { status: "fulfilled", value: "ended" in one.value ? one.value.ended : "issued" },
  );
}

const issuer = { kind: "system", name: "issuer" } as const;

async function load(context: IssueContext, { tenantId, certificateId }: IssuanceRequest): Promise<Step<Loaded, Early>> {
  const [found, ordered] = await Promise.all([
    findWhole(context, tenantId, certificateId),
    context.orders.findDigest({ issuer: context.issuer, certificateId }),
  ]);
  if (found?.certificate.state.status !== "issuing") return { ended: "nothing to do" };
  const { certificate, material: stored } = found;
  // A dead letter, with its alarm: somebody else than those who may order has written the row.
  if (certificate.issuer !== context.issuer || ordered !== orderDigest(certificate))
    throw new Error(`${certificateId} is not what was ordered of ${context.issuer}: nothing is signed`);
  if (await holderRevoked(context, certificate)) {
    await fail(context, certificate, { error: "holderRevoked" }, issuer);
    return { ended: "failed" };
  }
  return { next: { certificate, authority: await context.authority(certificate.issuer), stored } };
}

const makeKey = async (context: IssueContext, one: Loaded): Promise<Step<Keyed, Early>> => ({
  next: { ...one, keys: one.stored === undefined ? await context.generateKey(one.certificate.key) : undefined },
});

/** The material, linted whether it was stored before or is made now. */
async function makeMaterial(context: IssueContext, one: Keyed): Promise<Step<Made, Early>> {
  const { certificate, authority, keys, stored } = one;
  const material = keys === undefined ? stored : await newMaterial(context, certificate, authority, keys);
  if (material === undefined) throw new Error(`${certificate.certificateId} has neither material nor a key pair`);
  return { next: { ...one, linted: lint(one, material) } };
}

const lint = ({ certificate, authority }: Loaded, material: Material): Linted => ({
  certificate,
  material,
  prepared: prepare(material.tbs, authority.certificate, leafPolicies(certificate)),
});

/** Of a race the loser discards its key: what was stored first is what is signed. */
async function storeMaterial(context: IssueContext, one: Made): Promise<Step<Linted, Early>> {
  const { certificate, stored, linted } = one;
  const { tenantId, certificateId } = certificate;
  if (stored !== undefined) return { next: linted };
  if (await context.materials.keep(tenantId, certificateId, linted.material)) return { next: linted };
  const winner = await context.materials.find(tenantId, certificateId);
  if (winner === undefined) throw new Error("the issuance was ended meanwhile, or its material cannot be read back");
  return { next: lint(one, winner) };
}

const signCertificate = async (context: IssueContext, one: Linted): Promise<Step<Signed, Early>> => ({
  next: { ...one, der: await sign(one.prepared, context.signer) },
});

/** What profile or lints refuse will not be better the next time: the issuance ends as failed. */
const unlessRefused =
  <A extends { readonly certificate: Certificate }, B>(
    context: IssueContext,
    step: (context: IssueContext, one: A) => Promise<Step<B, Early>>,
  ) =>
  async (one: A): Promise<Step<B, Early>> => {
    try {
      return await step(context, one);
    } catch (error) {
      if (!(error instanceof ProfileError) && !(error instanceof LintError)) throw error;
      const code = error instanceof LintError ? "lintRefused" : "profileRefused";
      await fail(context, one.certificate, { error: code, detail: error.message }, issuer);
      return { ended: "failed" };
    }
  };

/** The batch's mails in one request, and one publication for each CRL that changes. */
async function followUp(context: IssueContext, finished: readonly Finished[]): Promise<void> {
  const notices = finished.flatMap(({ notice }) => (notice === undefined ? [] : [notice]));
  if (notices.length > 0) await context.sendNotices(notices);
  const changed = finished.filter(({ superseded }) => superseded).map(({ certificate }) => certificate.issuer);
  for (const issuer of new Set(changed)) await context.sendPublication(issuer, "revocation");
}
