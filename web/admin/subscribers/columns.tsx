import type { TableProps } from "@cloudscape-design/components/table";
import { type ListOrder, listOrders } from "../../../lambdas/contract/admin.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import type { codeWords } from "../words.ts";
import { CertificateStatus } from "./certificate-status.tsx";
import type { subscriberWords } from "./words.ts";

type Words = (typeof subscriberWords)["ja"];
type Column = TableProps.ColumnDefinition<CertificateRow> & { readonly id: string };

export const fullName = (row: Pick<CertificateRow, "familyName" | "givenName">): string =>
  `${row.familyName} ${row.givenName}`;

/** The order by which the server sorts when this column's heading is used. */
export const orderOf = (field: string | undefined): ListOrder => listOrders.find((order) => order === field) ?? "name";

/** The list's columns; `sortingField` is the server's own name for the order. */
export function columns(t: Words, codes: (typeof codeWords)["ja"]): readonly Column[] {
  const sortable = (header: string, field: ListOrder) => ({
    header,
    sortingField: field,
    ariaLabel: ({ sorted, descending }: TableProps.LabelData) =>
      sorted ? (descending ? t.sortedDown : t.sortedUp)(header) : t.unsorted(header),
  });
  return [
    { id: "name", ...sortable(t.name, "name"), cell: fullName, isRowHeader: true, minWidth: 110 },
    { id: "primaryEmail", ...sortable(t.primaryEmail, "primaryEmail"), cell: (row) => row.primaryEmail, minWidth: 130 },
    {
      id: "certificateEmail",
      ...sortable(t.certificateEmail, "certificateEmail"),
      cell: (row) => row.certificateEmail,
      minWidth: 130,
    },
    {
      id: "status",
      ...sortable(t.status, "status"),
      cell: (row) => <CertificateStatus row={row} />,
      minWidth: 150,
      hasDynamicContent: true,
    },
    { id: "organization", header: t.organizationColumn, cell: (row) => row.organizationName, minWidth: 80 },
    { id: "device", header: t.device, cell: (row) => codes.devices[row.device], minWidth: 100 },
    { id: "notBefore", header: t.notBefore, cell: (row) => dateText(row.notBefore) || "-", minWidth: 110 },
    { id: "notAfter", header: t.notAfter, cell: (row) => dateText(row.notAfter) || "-", minWidth: 110 },
  ];
}

/** On a phone the status comes beside the name: it is what most visits are about. */
export const narrowOrder: readonly TableProps.ColumnDisplay[] = (
  ["name", "status", "device", "certificateEmail", "notAfter", "notBefore", "primaryEmail", "organization"] as const
).map((id) => ({ id, visible: true }));
