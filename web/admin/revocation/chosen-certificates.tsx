import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { Phrased } from "../frame/phrases.tsx";
import { CertificateStatus } from "../subscribers/certificate-status.tsx";
import { nameIn } from "../subscribers/columns.tsx";
import { codeWords } from "../words.ts";
import { CertificateDetails } from "./certificate-details.tsx";
import type { Outcome } from "../subscribers/use-act.ts";
import { isRevocable } from "./revocable.ts";
import { revocationWords } from "./words.ts";

type Props = { readonly rows: readonly CertificateRow[]; readonly outcomes: ReadonlyMap<string, Outcome> };

/**
 * The certificates of the window: one in full, several as a table; each with how it went. What tells one row of a person
 * from another comes first, and all of it has room at 1280 pixels.
 */
export function ChosenCertificates({ rows, outcomes }: Props) {
  const t = useWords(revocationWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const [only, another] = rows;
  if (only && !another) return <CertificateDetails row={only} />;
  const columns: TableProps.ColumnDefinition<CertificateRow>[] = [
    {
      id: "name",
      header: <Phrased text={t.name} />,
      cell: (row) => nameIn(language, row),
      isRowHeader: true,
      minWidth: 110,
    },
    { id: "device", header: <Phrased text={t.device} />, cell: (row) => codes.devices[row.device], minWidth: 110 },
    {
      id: "certificateEmail",
      header: <Phrased text={t.certificateEmail} />,
      cell: (row) => <span className="mail">{row.certificateEmail}</span>,
      minWidth: 150,
    },
    {
      id: "status",
      header: <Phrased text={t.status} />,
      cell: (row) => <CertificateStatus row={row} />,
      minWidth: 140,
    },
    {
      id: "subject",
      header: <Phrased text={t.both(t.commonName, t.serialNumber)} />,
      cell: (row) => <Two first={row.commonName} second={row.serialNumber} />,
      minWidth: 150,
    },
    {
      id: "validity",
      header: <Phrased text={t.both(t.notBefore, t.notAfter)} />,
      cell: (row) => <Two first={dateText(row.notBefore)} second={dateText(row.notAfter)} />,
      minWidth: 120,
    },
  ];
  const result: TableProps.ColumnDefinition<CertificateRow> = {
    id: "result",
    header: <Phrased text={t.result} />,
    cell: (row) => <Result row={row} outcome={outcomes.get(row.certificateId)} />,
    minWidth: 150,
  };
  const withResults = outcomes.size > 0 || !rows.every(isRevocable);
  return (
    <Table
      variant="embedded"
      items={rows}
      trackBy="certificateId"
      wrapLines
      columnDefinitions={withResults ? [...columns.slice(0, 2), result, ...columns.slice(2)] : columns}
      ariaLabels={{ tableLabel: t.chosen(rows.length) }}
      header={<Box variant="h3">{t.chosen(rows.length)}</Box>}
    />
  );
}

const Two = ({ first, second }: { readonly first: string; readonly second: string }) => (
  <>
    <div>{first}</div>
    <div className="mail">{second}</div>
  </>
);

function Result({ row, outcome }: { readonly row: CertificateRow; readonly outcome: Outcome | undefined }) {
  const t = useWords(revocationWords);
  if (outcome?.state === "refused") return <StatusIndicator type="error">{outcome.message}</StatusIndicator>;
  if (outcome?.state === "done") return <StatusIndicator type="success">{t.succeeded}</StatusIndicator>;
  if (outcome?.state === "sending") return <StatusIndicator type="loading">{t.sending}</StatusIndicator>;
  const { status } = row;
  if (status !== "issued" && status !== "downloaded")
    return <StatusIndicator type="stopped">{t.skipped[status]}</StatusIndicator>;
  return <StatusIndicator type="pending">{t.waiting}</StatusIndicator>;
}
