import type { ImportJobRow, ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { PlaceIds } from "../subscribers/place.ts";

/** Parts of addresses after the list's own: the windows of the commands. */
export const windows = { register: "csv-registration", revoke: "csv-revocation" } as const satisfies Record<
  ImportOperation,
  string
>;

export const jobsAddress = "/imports";
/** A file's page; mails link to it. */
export const jobAddress = (jobId: string): string => `${jobsAddress}/${jobId}`;

export const listAddress = ({ serviceId, organizationId }: PlaceIds): string =>
  `/subscribers/${serviceId}/${organizationId}`;

export const windowAddress = (operation: ImportOperation, ids: PlaceIds): string =>
  `${listAddress(ids)}/${windows[operation]}`;

/** Where a file belongs: its list, or the choice of lists where the file is about no single one. */
export const originOf = ({ serviceId, organizationId }: Pick<ImportJobRow, "serviceId" | "organizationId">): string =>
  organizationId === undefined ? `/subscribers/${serviceId}` : listAddress({ serviceId, organizationId });
