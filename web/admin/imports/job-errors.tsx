import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import { columnOf, importLayouts } from "../../../lambdas/contract/import-layouts.ts";
import { type ImportJobRow, importLimits } from "../../../lambdas/contract/imports.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { csvText } from "./csv-text.ts";
import { jobWords } from "./job-words.ts";
import { saveText } from "./save-text.ts";

type Errors = Reply<AdminRoutes["getImport"]>["errors"];
const pageSize = 50;

/** What is wrong where: the mistakes of a refused file, or what became of rows that are not done. */
export function JobErrors({ job, errors }: { readonly job: ImportJobRow; readonly errors: Errors }) {
  const t = useWords(jobWords);
  const { language } = useSpeech();
  const [page, setPage] = useState(1);
  const title = job.state === "done" ? t.errors.rows : t.errors.refused;
  const columnName = (column: number) => columnOf(importLayouts[job.operation], column)?.[language] ?? "";
  const items = errors.map((error, at) => ({ ...error, at }));
  const save = () =>
    saveText(
      t.savedName(job.jobId),
      csvText([
        [t.line, t.columnNumber, t.columnName, t.message],
        ...errors.map(({ row, column, message }) => [
          row === 0 ? "" : String(row),
          column === 0 ? "" : String(column),
          columnName(column),
          message,
        ]),
      ]),
    );
  return (
    <Table
      items={items.slice((page - 1) * pageSize, page * pageSize)}
      trackBy={({ at }) => String(at)}
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={
        <Header
          variant="h2"
          counter={`(${errors.length.toLocaleString("en")})`}
          description={errors.length >= importLimits.errors && t.errorsAdvice(importLimits.errors.toLocaleString("en"))}
          actions={
            <Button iconName="download" onClick={save}>
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
      columnDefinitions={[
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
          cell: ({ row, column }) => (column === 0 ? row > 0 && t.wholeRow : `${column} ${columnName(column)}`),
          minWidth: 90,
        },
        { id: "message", header: t.message, cell: ({ message }) => message, minWidth: 180 },
      ]}
    />
  );
}
