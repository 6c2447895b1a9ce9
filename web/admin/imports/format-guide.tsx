import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import {
  closedColumns,
  importColumns,
  type ImportColumnKey,
  importLayoutOf,
  templateText,
} from "../../../lambdas/contract/import-layouts.ts";
import type { ImportOperation } from "../../../lambdas/contract/imports.ts";
import { periodKind } from "../../../lambdas/contract/period.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { codeWords, deviceOrder } from "../words.ts";
import { adviceOf, columnWords } from "./column-words.ts";
import { saveText } from "./save-text.ts";
import { importWords } from "./words.ts";

type Props = { readonly operation: ImportOperation; readonly service: Service };

/** What a file must look like, and a template to begin with. */
export function FormatGuide({ operation, service }: Props) {
  const t = useWords(importWords);
  const { language } = useSpeech();
  const layout = importLayoutOf[operation](service.options);
  const closed = closedColumns(service.options);
  const kind = periodKind(service.options);
  const columnText = useWords(columnWords);
  const advice = useAdvice(operation, kind);
  const isNeeded = (key: ImportColumnKey) => importColumns[key].required || (key === "to" && kind !== "none");
  const columns: readonly ImportColumnKey[] = layout.columns;
  const least = columns.findLastIndex(isNeeded) + 1;
  const most = columns.length;
  return (
    <SpaceBetween size="xs">
      <Button
        iconName="download"
        formAction="none"
        onClick={() => saveText(t.templateName[operation], templateText(layout, service.options, language))}
      >
        {t.template}
      </Button>
      <ExpandableSection headerText={t.format} headingTagOverride="h3">
        <SpaceBetween size="s">
          <Box>
            {t.formatAdvice} {most > least && t.tail(least + 1, most)}
          </Box>
          <Table
            items={columns.map((key, at) => ({ key, at }))}
            variant="embedded"
            wrapLines
            contentDensity="compact"
            ariaLabels={{ tableLabel: t.format }}
            columnDefinitions={[
              { id: "number", header: t.column.number, cell: ({ at }) => at + 1, minWidth: 50 },
              {
                id: "name",
                header: t.column.name,
                cell: ({ key }) => importColumns[key][language],
                isRowHeader: true,
                minWidth: 150,
              },
              {
                id: "needed",
                header: t.column.required,
                cell: ({ key }) =>
                  closed[key] === undefined ? t.needed[isNeeded(key) ? "yes" : "no"] : t.needed.closed,
                minWidth: 70,
              },
              {
                id: "advice",
                header: t.column.advice,
                cell: ({ key }) => (closed[key] === undefined ? advice(key) : columnText.closed),
                minWidth: 220,
              },
              {
                id: "example",
                header: t.column.example,
                cell: ({ at }) => layout.example[at] ?? "",
                minWidth: 130,
              },
            ]}
          />
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}

/** What is said of a column, with the codes or the form that its cells take. */
function useAdvice(operation: ImportOperation, kind: ReturnType<typeof periodKind>): (key: ImportColumnKey) => string {
  const t = useWords(columnWords);
  const { devices } = useWords(codeWords);
  const codes = deviceOrder.toSorted().map((code) => `${code} ${devices[code]}`);
  return (key) => {
    const advice = adviceOf(t.advice, operation, key);
    if (key === "device") return `${advice} ${t.devices(codes.join(" / "))}`;
    return (key === "from" || key === "to") && kind !== "none" ? `${advice} ${t.forms[kind]}` : advice;
  };
}
