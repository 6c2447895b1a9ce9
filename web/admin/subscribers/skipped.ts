import type { CertificateRow, Status } from "../../../lambdas/contract/shapes.ts";

/** What the buttons over the list do with the chosen certificates. */
export const listActions = ["revoke"] as const;
export type ListAction = (typeof listActions)[number];

/** Statuses that an action applies to; certificates of the others are left out of it and named. */
const appliesTo: Readonly<Record<ListAction, readonly Status[]>> = {
  revoke: ["issued", "downloaded"],
};

/** The chosen certificates that the action applies to, and the others. */
export function sorted(action: ListAction, selected: readonly CertificateRow[]) {
  const applies = ({ status }: CertificateRow) => appliesTo[action].includes(status);
  return { fit: selected.filter(applies), skipped: selected.filter((row) => !applies(row)) };
}
