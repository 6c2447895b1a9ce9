const half = 5;

/**
 * Two arcs of an object identifier that stand for a tenant alone: the halves of its id's ten characters as numbers to the
 * base 36. Each is below 36^5, so it takes at most 26 bits, and any reader of identifiers takes it.
 */
export function tenantArcs(tenantId: string): string {
  const [, characters] = /^t([0-9a-z]{10})$/.exec(tenantId) ?? [];
  if (characters === undefined) throw new TypeError(`${tenantId} is no tenant's identifier`);
  return [characters.slice(0, half), characters.slice(half)].map((part) => Number.parseInt(part, 36)).join(".");
}

/** The policy that only a tenant's subscribers have: below the provider's (dotted), where it has one. */
export const tenantPolicy = (policy: string | undefined, tenantId: string): string | undefined =>
  policy === undefined ? undefined : `${policy}.${tenantArcs(tenantId)}`;

/** The provider's policy as the stack's parameter says it. */
export const policySetting = (setting: string): string | undefined => (setting === "none" ? undefined : setting);
