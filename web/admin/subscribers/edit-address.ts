import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import type { OrganizationPath } from "./organization-path.ts";

/** Where a certificate's subscriber is edited. */
export const editAddress = (
  { certificateId }: Pick<CertificateRow, "certificateId">,
  { serviceId, organizationId }: OrganizationPath,
): string => `/subscribers/${serviceId}/${organizationId}/edit/${certificateId}`;
