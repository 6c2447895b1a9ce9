import Box from "@cloudscape-design/components/box";
import type { TableProps } from "@cloudscape-design/components/table";
import { type ListOrder, listOrders } from "../../../lambdas/contract/lists.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import type { Phrases } from "../../shared/texts.ts";
import { Phrased } from "../frame/phrases.tsx";
import type { codeWords } from "../words.ts";
import { CertificateStatus } from "./certificate-status.tsx";
import type { subscriberWords } from "./words.ts";

type Words = (typeof subscriberWords)["ja"];
type Column = TableProps.ColumnDefinition<CertificateRow> & { readonly id: string };

export const fullName = (row: Pick<CertificateRow, "familyName" | "givenName">): string =>
  `${row.familyName} ${row.givenName}`;

/** The order by which the server sorts when this column's heading is used. */
export const orderOf = (field: string | undefined): ListOrder => listOrders.find((order) => order === field) ?? "name";

/** How much room the table has: for all columns, with both dates in one, or for the first few of them. */
export type Room = "wide" | "middle" | "narrow";
export const roomOf = (width: number): Room => (width >= 1100 ? "wide" : width >= 960 ? "middle" : "narrow");

const shownIn: Readonly<Record<Room, readonly string[]>> = {
  wide: ["name", "primaryEmail", "certificateEmail", "status", "organization", "device", "notBefore", "notAfter"],
  middle: ["name", "primaryEmail", "certificateEmail", "status", "organization", "device", "period"],
  // One person's rows differ by the device: it may not be where one has to scroll to.
  narrow: ["nameAndDevice", "status", "certificateEmail", "period", "primaryEmail", "organization"],
};

/** The list's columns; `sortingField` is the server's own name for the order. */
export function columns(t: Words, codes: (typeof codeWords)["ja"], room: Room): readonly Column[] {
  const sortable = (header: Phrases, field: ListOrder) => ({
    ...headed(header),
    sortingField: field,
    ariaLabel: ({ sorted, descending }: TableProps.LabelData) =>
      sorted ? (descending ? t.sortedDown : t.sortedUp)(header.join("")) : t.unsorted(header.join("")),
  });
  const device = (row: CertificateRow) => codes.devices[row.device];
  const notBefore = (row: CertificateRow) => dateText(row.notBefore) || "-";
  const notAfter = (row: CertificateRow) => dateText(row.notAfter) || "-";
  const all: readonly Column[] = [
    { id: "name", ...sortable(t.name, "name"), cell: name, isRowHeader: true, minWidth: 110 },
    {
      id: "nameAndDevice",
      ...sortable(t.name, "name"),
      cell: (row) => (
        <>
          {name(row)}
          <Box fontSize="body-s" color="text-body-secondary">
            {device(row)}
          </Box>
        </>
      ),
      isRowHeader: true,
      minWidth: 120,
    },
    {
      id: "primaryEmail",
      ...sortable(t.primaryEmail, "primaryEmail"),
      cell: (row) => mail(row.primaryEmail),
      minWidth: 130,
    },
    {
      id: "certificateEmail",
      ...sortable(t.certificateEmail, "certificateEmail"),
      cell: (row) => mail(row.certificateEmail),
      minWidth: 130,
    },
    {
      id: "status",
      ...sortable(t.status, "status"),
      cell: (row) => <CertificateStatus row={row} />,
      minWidth: 160,
      hasDynamicContent: true,
    },
    { id: "organization", ...headed(t.organizationColumn), cell: (row) => row.organizationName, minWidth: 80 },
    { id: "device", ...headed(t.device), cell: device, minWidth: 115 },
    { id: "notBefore", ...headed(t.notBefore), cell: notBefore, minWidth: 118 },
    { id: "notAfter", ...headed(t.notAfter), cell: notAfter, minWidth: 118 },
    {
      id: "period",
      ...headed(t.period),
      cell: (row) => (
        <>
          <div>{notBefore(row)}</div>
          <div>{notAfter(row)}</div>
        </>
      ),
      minWidth: 118,
    },
  ];
  return shownIn[room].flatMap((id) => all.find((column) => column.id === id) ?? []);
}

const name = (row: CertificateRow) => <Phrased text={[fullName(row)]} />;

/** A long address is broken at its @ first. */
function mail(address: string) {
  const at = address.lastIndexOf("@");
  return (
    <span className="mail">
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  );
}

const headed = (header: Phrases) => ({ header: <Phrased text={header} /> });
