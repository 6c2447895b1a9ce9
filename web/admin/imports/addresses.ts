import { importOperations, type ImportJobRow, type ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { OrganizationPath } from "../subscribers/organization-path.ts";

/** Parts of addresses after the list's own: the windows of the commands. */
export const windows: Readonly<Record<ImportOperation, string>> = {
  register: "csv-registration",
  revoke: "csv-revocation",
};

/** The operation of a window; undefined for an address that has none. */
export const operationOf = (window: string): ImportOperation | undefined =>
  importOperations.find((operation) => windows[operation] === window);

export const jobsAddress = "/imports";
/** A file's page; mails link to it. */
export const jobAddress = (jobId: string): string => `${jobsAddress}/${jobId}`;

/** What a file's page learns from the page that led to it; the browser keeps it with this entry of its history. */
export type LedBy = {
  /** The list that the file was uploaded from. */
  readonly list?: string;
  /** Where [閉じる] leads. */
  readonly close?: string;
};

/** What the previous page passed on. Only addresses of this site count. */
export function ledBy(): LedBy {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null) return {};
  const { list, close } = state as Readonly<Record<string, unknown>>;
  return {
    ...(typeof list === "string" && list.startsWith("/subscribers/") ? { list } : {}),
    ...(typeof close === "string" && close.startsWith("/") ? { close } : {}),
  };
}

export const listAddress = ({ serviceId, organizationId }: OrganizationPath): string =>
  `/subscribers/${serviceId}/${organizationId}`;

export const windowAddress = (operation: ImportOperation, ids: OrganizationPath): string =>
  `${listAddress(ids)}/${windows[operation]}`;

/** Where a file belongs: its list, or the choice of lists where the file is about no single one. */
export const originOf = ({ serviceId, organizationId }: Pick<ImportJobRow, "serviceId" | "organizationId">): string =>
  organizationId === undefined ? `/subscribers/${serviceId}` : listAddress({ serviceId, organizationId });
