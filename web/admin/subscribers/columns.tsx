import Box from "@cloudscape-design/components/box";
import type { TableProps } from "@cloudscape-design/components/table";
import { type SortColumn, sortColumns } from "../../../lambdas/contract/lists.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import type { Language, Phrases } from "../../shared/texts.ts";
import { Phrased } from "../frame/phrases.tsx";
import type { codeWords } from "../words.ts";
import { CertificateStatus } from "./certificate-status.tsx";
import type { subscriberWords } from "./words.ts";

type Words = (typeof subscriberWords)["ja"];
type Column = TableProps.ColumnDefinition<CertificateRow> & { readonly id: string };

const fullName = (row: Pick<CertificateRow, "familyName" | "givenName">): string =>
  `${row.familyName} ${row.givenName}`;

/** A subscriber as called in the reader's language: the certificate's common name is the name in English. */
export const nameIn = (
  language: Language,
  row: Pick<CertificateRow, "familyName" | "givenName" | "commonName">,
): string => (language === "en" && row.commonName !== "" ? row.commonName : fullName(row));

/** The order by which the server sorts when this column's heading is used. */
export const orderOf = (field: string | undefined): SortColumn =>
  sortColumns.find((column) => column === field) ?? "name";

/** How much room the table has: for all columns, without those that say the least, with narrow ones, beside the details, or on a phone. */
export type Room = "wide" | "middle" | "small" | "beside" | "narrow";
const least = { wide: 1300, middle: 1150, small: 920, beside: 755 } as const;
export const roomOf = (width: number): Room =>
  (["wide", "middle", "small", "beside"] as const).find((room) => width >= least[room]) ?? "narrow";

const shownIn: Readonly<Record<Room, readonly string[]>> = {
  wide: [
    "edit",
    "name",
    "primaryEmail",
    "certificateEmail",
    "status",
    "organization",
    "device",
    "notBefore",
    "notAfter",
  ],
  middle: ["name", "primaryEmail", "certificateEmail", "status", "device", "notAfter"],
  small: ["name", "primaryEmail", "certificateEmail", "status", "device", "notAfter"],
  beside: ["name", "primaryEmail", "status", "device", "notAfter"],
  // One person's rows differ by the device: it may not be where one has to scroll to.
  narrow: ["nameAndDevice", "status", "notAfter", "primaryEmail", "certificateEmail", "organization", "notBefore"],
};

type Widths = {
  readonly name: number;
  readonly primaryEmail: number;
  readonly certificateEmail: number;
  readonly status: number;
};
/** Up to these a column grows with its content, in CSS pixels; a status with its longest badge takes 335. */
const roomy: Widths = { name: 140, primaryEmail: 215, certificateEmail: 175, status: 338 };
const widest: Readonly<Record<Room, Widths>> = {
  wide: roomy,
  middle: roomy,
  small: { name: 115, primaryEmail: 195, certificateEmail: 140, status: 200 },
  beside: { name: 115, primaryEmail: 170, certificateEmail: 140, status: 200 },
  narrow: { name: 180, primaryEmail: 300, certificateEmail: 300, status: 180 },
};

type Given = {
  readonly t: Words;
  readonly codes: (typeof codeWords)["ja"];
  readonly room: Room;
  /** The name, by which the details are opened, and [編集]. */
  readonly name: (row: CertificateRow) => React.ReactNode;
};

/** The list's columns, each row one line; `sortingField` is the server's own name for the order. */
export function columns({ t, codes, room, name }: Given): readonly Column[] {
  const sortable = (header: Phrases, field: SortColumn) => ({
    ...headed(header),
    sortingField: field,
    ariaLabel: ({ sorted, descending }: TableProps.LabelData) =>
      sorted ? (descending ? t.sortedDown : t.sortedUp)(header.join("")) : t.unsorted(header.join("")),
  });
  const device = (row: CertificateRow) => codes.devices[row.device];
  const most = widest[room];
  const all: readonly Column[] = [
    { id: "name", ...sortable(t.name, "name"), cell: name, isRowHeader: true, minWidth: 110, maxWidth: most.name },
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
      cell: (row) => <Whole text={row.primaryEmail} />,
      minWidth: 130,
      maxWidth: most.primaryEmail,
    },
    {
      id: "certificateEmail",
      ...sortable(t.certificateEmail, "certificateEmail"),
      cell: (row) =>
        row.certificateEmail === row.primaryEmail ? (
          <Box color="text-body-secondary">{t.sameAddress}</Box>
        ) : (
          <Whole text={row.certificateEmail} />
        ),
      minWidth: 100,
      maxWidth: most.certificateEmail,
    },
    {
      id: "status",
      ...sortable(t.status, "status"),
      cell: (row) =>
        room === "wide" || room === "middle" ? (
          <CertificateStatus row={row} oneLine />
        ) : (
          // Its badge is below it, so that it is not cut off.
          <div className="wraps">
            <CertificateStatus row={row} />
          </div>
        ),
      // Where it is one line, a badge beside it would be the first thing to be cut.
      minWidth: room === "wide" ? most.status : 150,
      maxWidth: most.status,
      hasDynamicContent: true,
    },
    {
      id: "organization",
      ...headed(t.organizationColumn),
      cell: (row) => <Whole text={row.organizationName} />,
      minWidth: 70,
      maxWidth: 80,
    },
    { id: "device", ...sortable(t.device, "device"), cell: device, minWidth: 110 },
    { id: "notBefore", ...headed(t.notBefore), cell: (row) => dateText(row.notBefore) || "-", minWidth: 100 },
    {
      id: "notAfter",
      ...sortable(t.notAfter, "notAfter"),
      cell: (row) => dateText(row.notAfter) || "-",
      minWidth: 100,
    },
  ];
  return shownIn[room].flatMap((id) => all.find((column) => column.id === id) ?? []);
}

/** A text that is cut at the column's edge; the pointer shows it whole. */
const Whole = ({ text }: { readonly text: string }) => (
  <span className="whole" title={text}>
    {text}
  </span>
);

const headed = (header: Phrases) => ({ header: <Phrased text={header} /> });
