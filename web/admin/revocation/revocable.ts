import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";

/** Whether it is in force: nothing else can be revoked. */
export const isRevocable = ({ status }: Pick<CertificateRow, "status">): boolean =>
  status === "issued" || status === "downloaded";
