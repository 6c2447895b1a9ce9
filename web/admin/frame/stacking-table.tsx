import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { Waiting } from "./waiting.tsx";
import { useWidth } from "./width.ts";

export type StackingColumn<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => React.ReactNode;
  /** In CSS pixels. */
  readonly minWidth: number;
  readonly hasDynamicContent?: boolean;
};

type Props<Row> = Pick<TableProps<Row>, "empty" | "loading" | "filter" | "pagination" | "contentDensity"> & {
  readonly label: string;
  readonly header: React.ReactNode;
  /** The first names the row. */
  readonly columns: readonly StackingColumn<Row>[];
  readonly items: readonly Row[];
  readonly keyOf: (row: Row) => string;
};

/** The cells' padding at both ends of a row. */
const edges = 40;

/**
 * A table where all of its columns have room; else each row is a block, every value beside its column's name: a table
 * that scrolls sideways hides columns of which nobody knows.
 */
export function StackingTable<Row>({ label, header, columns, items, keyOf, ...rest }: Props<Row>) {
  const [place, width] = useWidth<HTMLDivElement>();
  const needed = columns.reduce((sum, { minWidth }) => sum + minWidth, edges);
  return (
    <div ref={place}>
      {width > 0 && width < needed ? (
        <Container header={header}>
          {rest.filter}
          {rest.loading && <Waiting />}
          {!rest.loading && items.length === 0 && rest.empty}
          {items.length > 0 && (
            <ul className="stack" aria-label={label}>
              {items.map((row) => (
                <Stacked key={keyOf(row)} columns={columns} row={row} />
              ))}
            </ul>
          )}
          {rest.pagination}
        </Container>
      ) : (
        <Table
          {...rest}
          items={items}
          trackBy={keyOf}
          wrapLines
          header={header}
          ariaLabels={{ tableLabel: label }}
          columnDefinitions={columns.map((column, at) => ({ ...column, isRowHeader: at === 0 }))}
        />
      )}
    </div>
  );
}

function Stacked<Row>({ columns, row }: { readonly columns: readonly StackingColumn<Row>[]; readonly row: Row }) {
  const [name, ...values] = columns;
  const title = name?.cell(row);
  return (
    <li>
      {/* A number says nothing without what it counts. */}
      <Box variant="strong">{typeof title === "number" ? `${name?.header} ${title}` : title}</Box>
      <dl>
        {values.map(({ id, header, cell }) => (
          <div key={id}>
            <dt>{header}</dt>
            <dd>{cell(row)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
