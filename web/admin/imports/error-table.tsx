import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import { useMemo, useState } from "react";
import { importLimits } from "../../../lambdas/contract/imports.ts";
import { useWords } from "../frame/contexts.ts";
import { StackingTable, type StackingColumn } from "../frame/stacking-table.tsx";
import { counted } from "./counted.ts";
import { csvText } from "../../../lambdas/contract/csv-text.ts";
import { columnText, type ShownError } from "./error-text.ts";
import { errorWords } from "./error-words.ts";
import { jobWords } from "./job-words.ts";
import { saveText } from "./save-text.ts";

const pageSize = 50;

/** An error before it is worded: thousands are counted, fifty are read. */
type Listed = { readonly row: number; readonly column?: number; readonly code: string };

type Props<E extends Listed> = {
  readonly title: string;
  /** The name of the column that says what is wrong. */
  readonly message: string;
  readonly errors: readonly E[];
  readonly show: (error: E) => ShownError;
  /** Also those that are not among `errors`. */
  readonly total: number;
  /** What to do about those that are not shown. */
  readonly restAdvice?: string;
  /** Errors of cells have a column and a value; what becomes of a row becomes of the whole row. */
  readonly ofCells: boolean;
  /** Of the file that they are saved in. */
  readonly savedName: string;
};

/** What is wrong where: by kinds, a page at a time, and as CSV. */
export function ErrorTable<E extends Listed>(props: Props<E>) {
  const { title, message, errors, show, total, restAdvice, ofCells, savedName } = props;
  const t = useWords(jobWords);
  const words = useWords(errorWords);

  const [page, setPage] = useState(1);
  const [kind, setKind] = useState<string>();
  const kinds = useMemo(() => kindsOf(errors), [errors]);
  const chosen = kind !== undefined && kinds.has(kind) ? kind : undefined;
  const all = chosen === undefined ? errors : errors.filter((error) => kindOf(error) === chosen);
  const listed = all.slice(0, importLimits.errors);
  const count = chosen === undefined ? total : all.length;
  const place = (error: ShownError) => (error.column === 0 ? error.row > 0 && t.wholeRow : columnText(error));
  const rowText = ({ row, column }: ShownError) => (row > 0 ? row : column > 0 ? words.allRows : t.wholeFile);
  const option = (value: string) => {
    const found = kinds.get(value);
    if (found === undefined) return { value: "", label: words.allKinds(counted(errors.length)) };
    const example = show(found.first);
    const label = columnText(example) || String(rowText(example));
    return { value, label, labelTag: counted(found.count), description: example.message };
  };
  const columns: readonly StackingColumn<ShownError & { readonly at: number }>[] = [
    { id: "row", header: t.line, cell: rowText, minWidth: 76 },
    ...(ofCells
      ? [
          { id: "column", header: t.column, cell: place, minWidth: 120 },
          {
            id: "value",
            header: words.value,
            cell: ({ value }: ShownError) => <span className="mail">{value}</span>,
            minWidth: 120,
          },
        ]
      : []),
    { id: "message", header: message, cell: (error) => error.message, minWidth: 200 },
  ];
  return (
    <StackingTable
      label={title}
      items={listed.slice((page - 1) * pageSize, page * pageSize).map((error, at) => ({ ...show(error), at }))}
      keyOf={({ at }) => String(at)}
      contentDensity="compact"
      header={
        <Header
          variant="h2"
          counter={`(${counted(total)})`}
          description={
            count > listed.length && (
              <>
                <div>{t.partOf(counted(listed.length), counted(count))}</div>
                {restAdvice !== undefined && <div>{restAdvice}</div>}
              </>
            )
          }
          actions={
            <Button
              iconName="download"
              formAction="none"
              ariaLabel={t.saveErrorsOf(title)}
              onClick={() => saveText(savedName, csvText(recordsOf(all.map(show))))}
            >
              {t.saveErrors}
            </Button>
          }
        >
          {title}
        </Header>
      }
      {...(kinds.size > 1
        ? {
            filter: (
              <Select
                ariaLabel={words.kind}
                selectedOption={option(chosen ?? "")}
                options={["", ...kinds.keys()].map(option)}
                onChange={({ detail }) => {
                  setKind(detail.selectedOption.value || undefined);
                  setPage(1);
                }}
                expandToViewport
              />
            ),
          }
        : {})}
      {...(listed.length > pageSize
        ? {
            pagination: (
              <Pagination
                currentPageIndex={page}
                pagesCount={Math.ceil(listed.length / pageSize)}
                ariaLabels={{ paginationLabel: t.page }}
                onChange={({ detail }) => setPage(detail.currentPageIndex)}
              />
            ),
          }
        : {})}
      columns={columns}
    />
  );

  function recordsOf(shown: readonly ShownError[]): readonly (readonly string[])[] {
    if (!ofCells) return [[t.line, message], ...shown.map((error) => [String(error.row), error.message])];
    return [
      [t.line, t.columnNumber, t.columnName, words.value, message],
      ...shown.map((error) => [
        String(rowText(error)),
        error.column === 0 ? "" : String(error.column),
        error.columnName ?? "",
        error.value,
        error.message,
      ]),
    ];
  }
}

const kindOf = ({ column = 0, code }: Listed): string => `${column} ${code}`;

/** The kinds of errors in the order of their columns, each with its count and its first. */
function kindsOf<E extends Listed>(
  errors: readonly E[],
): ReadonlyMap<string, { readonly count: number; readonly first: E }> {
  const kinds = new Map<string, { count: number; first: E }>();
  for (const error of errors) {
    const known = kinds.get(kindOf(error));
    if (known === undefined) kinds.set(kindOf(error), { count: 1, first: error });
    else known.count += 1;
  }
  return new Map([...kinds].toSorted(([, a], [, b]) => (a.first.column ?? 0) - (b.first.column ?? 0)));
}
