import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";

/** What the buttons over the list do with the chosen certificates. */
export const listActions = ["resend", "revoke"] as const;
export type ListAction = (typeof listActions)[number];

/** Why an action leaves a certificate out. */
export type SkipReason = "issuing" | "failed" | "revoked" | "expired";
export type Skipped = { readonly row: CertificateRow; readonly reason: SkipReason };

const notLive = ({ status }: CertificateRow): SkipReason | undefined =>
  status === "issued" || status === "downloaded" ? undefined : status;

const reasonOf: Readonly<Record<ListAction, (row: CertificateRow) => SkipReason | undefined>> = {
  resend: (row) => notLive(row) ?? (Date.parse(row.notAfter) < Date.now() ? "expired" : undefined),
  revoke: notLive,
};

/** The chosen certificates that the action applies to, and the others, each with the reason. */
export function sorted(action: ListAction, selected: readonly CertificateRow[]) {
  const fit: CertificateRow[] = [];
  const skipped: Skipped[] = [];
  for (const row of selected) {
    const reason = reasonOf[action](row);
    if (reason === undefined) fit.push(row);
    else skipped.push({ row, reason });
  }
  return { fit, skipped };
}
