import type { ContractedService, Organization } from "./tenant.ts";

type Created = { readonly createdAt?: string };

const japanese = new Intl.Collator("ja");
const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
  japanese.compare(one.name, other.name);
/** What carries no date is older than what does: dates are kept from a certain version on. */
const age = ({ createdAt = "" }: Created) => createdAt;
const byAge = (one: Created, other: Created) => (age(one) < age(other) ? -1 : age(one) > age(other) ? 1 : 0);

/** Services in the order in which they were contracted. */
export const inServiceOrder = (services: readonly ContractedService[]): readonly ContractedService[] =>
  services.toSorted((one, other) => byAge(one, other) || byName(one, other));

/** Organizations with the first one, 本社, before the others, which follow by their names. */
export function inOrganizationOrder(organizations: readonly Organization[]): readonly Organization[] {
  const byNames = organizations.toSorted(byName);
  const first = byNames.find(({ headOffice }) => headOffice) ?? byNames.find(({ name }) => name === "本社");
  return first === undefined ? byNames : [first, ...byNames.filter((one) => one !== first)];
}
