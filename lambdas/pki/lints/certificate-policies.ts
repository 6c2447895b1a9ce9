import { childrenOf, expectTag, objectIdentifierOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
import { oid } from "../oids.ts";
import { extensionValue, type LeafPolicies, type Lint } from "./linted.ts";

/**
 * Issuing authorities allow any policy; leaves name real ones, each once, or none; no qualifiers. Of a leaf whose holder is
 * known, they are the provider's and the tenant's own below it.
 */
export const certificatePolicies: Lint = {
  name: "certificate-policies",
  source: "RFC 5280 §4.2.1.4",
  find: (linted) => {
    const value = extensionValue(linted, oid.certificatePolicies);
    const policies = policiesIn(value);
    const ids = policies.map(({ id }) => id);
    const qualified = policies.some((policy) => policy.qualified) ? ["a policy has qualifiers"] : [];
    if (linted.role === "issuing")
      return ids.join() === oid.anyPolicy
        ? qualified
        : [...qualified, "an issuing authority does not allow just any policy"];
    return [
      ...(value === undefined || ids.length > 0 ? [] : ["the list of policies is empty"]),
      ...(ids.includes(oid.anyPolicy) ? ["a leaf claims any policy"] : []),
      ...(new Set(ids).size === ids.length ? [] : ["a policy appears twice"]),
      ...tenantFaults(linted.policies, ids),
      ...qualified,
    ];
  },
};

function tenantFaults(due: LeafPolicies | undefined, ids: readonly string[]): readonly string[] {
  const [provider] = ids;
  if (due === undefined || provider === undefined) return [];
  const own = due.tenantArcs === undefined ? [] : [`${provider}.${due.tenantArcs}`];
  return ids.join() === [provider, ...own].join()
    ? []
    : [`the policies are ${ids.join(", ")}, not ${[provider, ...own].join(", ")}`];
}

const policiesIn = (value: Uint8Array | undefined): { readonly id: string; readonly qualified: boolean }[] =>
  value === undefined
    ? []
    : childrenOf(value, wholeElement(value)).map((policy) => {
        const [id, ...qualifiers] = childrenOf(value, expectTag(policy, tag.sequence));
        return {
          id: objectIdentifierOf(value, expectTag(id, tag.objectIdentifier)),
          qualified: qualifiers.length > 0,
        };
      });
