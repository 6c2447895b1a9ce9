import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { CertificateStatus } from "../subscribers/certificate-status.tsx";
import { fullName } from "../subscribers/columns.tsx";
import { codeWords } from "../words.ts";
import type { Outcome } from "./use-revoke.ts";
import { CertificateDetails } from "./certificate-details.tsx";
import { revocationWords } from "./words.ts";

type Props = { readonly rows: readonly CertificateRow[]; readonly outcomes: ReadonlyMap<string, Outcome> };

/** The certificates of the window: one in full, several as a table; each with how it went. */
export function ChosenCertificates({ rows, outcomes }: Props) {
  const t = useWords(revocationWords);
  const codes = useWords(codeWords);
  const [only, another] = rows;
  if (only && !another) return <CertificateDetails row={only} />;
  const columns: TableProps.ColumnDefinition<CertificateRow>[] = [
    { id: "name", header: t.name, cell: fullName, isRowHeader: true, minWidth: 110 },
    { id: "status", header: t.status, cell: (row) => <CertificateStatus row={row} />, minWidth: 150 },
    { id: "commonName", header: t.commonName, cell: (row) => row.commonName, minWidth: 110 },
    { id: "serialNumber", header: t.serialNumber, cell: (row) => row.serialNumber, minWidth: 150 },
    { id: "notBefore", header: t.notBefore, cell: (row) => dateText(row.notBefore), minWidth: 110 },
    { id: "notAfter", header: t.notAfter, cell: (row) => dateText(row.notAfter), minWidth: 110 },
    { id: "certificateEmail", header: t.certificateEmail, cell: (row) => row.certificateEmail, minWidth: 150 },
    { id: "device", header: t.device, cell: (row) => codes.devices[row.device], minWidth: 100 },
  ];
  const result: TableProps.ColumnDefinition<CertificateRow> = {
    id: "result",
    header: t.result,
    cell: (row) => <Result outcome={outcomes.get(row.certificateId)} />,
    minWidth: 130,
  };
  return (
    <Table
      variant="embedded"
      items={rows}
      trackBy="certificateId"
      wrapLines
      columnDefinitions={outcomes.size > 0 ? [...columns.slice(0, 1), result, ...columns.slice(1)] : columns}
      ariaLabels={{ tableLabel: t.chosen(rows.length) }}
      header={<Box variant="h3">{t.chosen(rows.length)}</Box>}
    />
  );
}

function Result({ outcome }: { readonly outcome: Outcome | undefined }) {
  const t = useWords(revocationWords);
  if (outcome === undefined) return <StatusIndicator type="pending">{t.waiting}</StatusIndicator>;
  if (outcome.state === "refused") return <StatusIndicator type="error">{outcome.notice.header}</StatusIndicator>;
  if (outcome.state === "done") return <StatusIndicator type="success">{t.succeeded}</StatusIndicator>;
  return <StatusIndicator type="loading">{t.sending}</StatusIndicator>;
}
