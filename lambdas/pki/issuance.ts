/**
 * From a to-be-signed certificate to a certificate, in two steps that cannot be taken apart: `prepare` lints and gives a
 * token, `issue` accepts each token once. No other function of this PKI has a certificate signed.
 */
import { readLinted, type LeafPolicies, type Lint, type Linted } from "./lints/linted.ts";
import { rules } from "./lints/rules.ts";
import { signTbs, type DigestSigner } from "./signature.ts";

export type { LeafPolicies } from "./lints/linted.ts";
export { SignatureError, type DigestSigner } from "./signature.ts";

declare const prepared: unique symbol;
/** Token for one signature of a linted TBS. */
export type Prepared = { readonly [prepared]: true };

/** What one rule found. */
export type Finding = { readonly rule: string; readonly source: string; readonly text: string };

/** The TBS breaks rules of the profile; nothing was signed. */
export class LintError extends Error {
  override readonly name = "LintError";
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ rule, text, source }) => `${rule}: ${text} (${source})`).join("; "));
    this.findings = findings;
  }
}

/** Tokens that `issue` has not been given yet. */
const open = new WeakMap<Prepared, { readonly tbs: Uint8Array; readonly authoritySpki: Uint8Array }>();

/**
 * Lints a TBS against the authority's certificate (DER), or against itself for a root, and gives the token for its
 * signature. The octets are copied: later changes to `tbs` change nothing. Throws LintError with every finding. `policies` are
 * due in a leaf whose holder is known.
 */
export function prepare(tbs: Uint8Array, authorityCertificate: Uint8Array | "self", policies?: LeafPolicies): Prepared {
  const copy = new Uint8Array(tbs);
  const linted = readLinted(copy, authorityCertificate, policies);
  const findings = rules.flatMap((rule) => findingsOf(rule, linted));
  if (findings.length > 0) throw new LintError(findings);
  const token = Object.freeze({}) as Prepared;
  open.set(token, { tbs: copy, authoritySpki: new Uint8Array(linted.authoritySpki) });
  return token;
}

/** What a rule finds. If the rule throws, its error is the finding. */
function findingsOf(rule: Lint, linted: Linted): Finding[] {
  const finding = (text: string): Finding => ({ rule: rule.name, source: rule.source, text });
  try {
    return rule.find(linted).map(finding);
  } catch (error) {
    return [finding(error instanceof Error ? error.message : "unreadable")];
  }
}

/**
 * Has the TBS signed and returns the certificate's DER, read back: TBS byte for byte, signature verified with the
 * authority's key. The token is used up even if the signer fails: prepare again. Throws SignatureError, or what the signer throws.
 */
export async function issue(token: Prepared, signer: DigestSigner): Promise<Uint8Array> {
  const order = open.get(token);
  if (order === undefined) throw new TypeError("this token was used before or was not made by prepare");
  open.delete(token);
  return signTbs(order.tbs, signer, order.authoritySpki);
}
