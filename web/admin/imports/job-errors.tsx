import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import { csvText } from "../../../lambdas/contract/csv-text.ts";
import type { ImportJobRow, RowOutcome } from "../../../lambdas/contract/imports.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";
import { useWords } from "../frame/contexts.ts";
import { counted } from "./job-progress.tsx";
import { jobWords } from "./job-words.ts";
import { saveText } from "./save-text.ts";

type Errors = Reply<AdminRoutes["getImport"]>["errors"];
const pageSize = 50;

/** What is wrong where: the mistakes of a refused file; else the rows that failed, apart from those with nothing to do. */
export function JobErrors({ job, errors }: { readonly job: ImportJobRow; readonly errors: Errors }) {
  if (job.acceptedAt === undefined) return <Told job={job} kind="refused" errors={errors} total={job.mistakes} />;
  const skipped = errors.filter(({ outcome }) => outcome === "skipped");
  const failed = errors.filter(({ outcome }) => outcome !== "skipped");
  return (
    <SpaceBetween size="l">
      {failed.length > 0 && <Told job={job} kind="failed" errors={failed} total={job.failed} />}
      {skipped.length > 0 && <Told job={job} kind="skipped" errors={skipped} total={job.skipped} />}
    </SpaceBetween>
  );
}

type ToldProps = {
  readonly job: ImportJobRow;
  readonly kind: "refused" | RowOutcome;
  readonly errors: Errors;
  /** Of this kind, also those that are not among `errors`. */
  readonly total: number;
};

function Told({ job, kind, errors, total }: ToldProps) {
  const t = useWords(jobWords);
  const [page, setPage] = useState(1);
  const title = t.told[kind];
  const items = errors.map((error, at) => ({ ...error, at }));
  const message = t.message[kind];
  const save = () =>
    saveText(
      t.savedName[kind](job.jobId),
      csvText(
        kind === "refused"
          ? [
              [t.line, t.columnNumber, t.columnName, t.value, message],
              ...errors.map((error) => [
                error.row === 0 ? "" : String(error.row),
                error.column === 0 ? "" : String(error.column),
                error.columnName ?? "",
                error.value ?? "",
                error.message,
              ]),
            ]
          : [
              [t.line, t.value, message],
              ...errors.map((error) => [String(error.row), error.value ?? "", error.message]),
            ],
      ),
    );
  const columns: TableProps.ColumnDefinition<(typeof items)[number]>[] = [
    {
      id: "row",
      header: t.line,
      cell: ({ row }) => (row === 0 ? t.wholeFile : row),
      isRowHeader: true,
      minWidth: 56,
    },
    {
      id: "column",
      header: t.column,
      cell: ({ row, column, columnName = "" }) => (column === 0 ? row > 0 && t.wholeRow : `${column} ${columnName}`),
      minWidth: 90,
    },
    { id: "message", header: message, cell: (error) => error.message, minWidth: 180 },
  ];
  return (
    <Table
      items={items.slice((page - 1) * pageSize, page * pageSize)}
      trackBy={({ at }) => String(at)}
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={
        <Header
          variant="h2"
          counter={`(${counted(total)})`}
          description={
            total > errors.length && (
              <>
                <div>{t.partOf(counted(errors.length), counted(total))}</div>
                {kind === "refused" && <div>{t.restOfMistakes}</div>}
              </>
            )
          }
          actions={
            <Button iconName="download" ariaLabel={t.saveErrorsOf(title)} onClick={save}>
              {t.saveErrors}
            </Button>
          }
        >
          {title}
        </Header>
      }
      {...(errors.length > pageSize
        ? {
            pagination: (
              <Pagination
                currentPageIndex={page}
                pagesCount={Math.ceil(errors.length / pageSize)}
                ariaLabels={{ paginationLabel: t.page }}
                onChange={({ detail }) => setPage(detail.currentPageIndex)}
              />
            ),
          }
        : {})}
      // What becomes of a row becomes of the whole row.
      columnDefinitions={columns.filter(({ id }) => kind === "refused" || id !== "column")}
    />
  );
}
