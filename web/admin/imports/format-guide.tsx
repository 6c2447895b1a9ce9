import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { importColumns, importLayoutOf, leastColumns, templateText } from "../../../lambdas/contract/import-layouts.ts";
import type { ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { codeWords, deviceOrder } from "../words.ts";
import { saveText } from "./save-text.ts";
import { importWords } from "./words.ts";

type Props = { readonly operation: ImportOperation; readonly service: Service };

/** What a file must look like, and a template to begin with. */
export function FormatGuide({ operation, service }: Props) {
  const t = useWords(importWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const layout = importLayoutOf[operation](service.options);
  const period = service.options.some((option) => option === "period" || option === "period-time");
  const columns: readonly string[] = layout.columns;
  const least = Math.max(leastColumns(layout), period ? columns.indexOf("to") + 1 : 0);
  const most = layout.columns.length;
  const needed = (key: keyof typeof importColumns): string => {
    if (importColumns[key].required) return t.needed;
    return key === "to" && period ? t.neededWithPeriod : t.notNeeded;
  };
  return (
    <SpaceBetween size="xs">
      <Button
        iconName="download"
        formAction="none"
        onClick={() => saveText(t.templateName[operation], templateText(layout, language))}
      >
        {t.template}
      </Button>
      <ExpandableSection headerText={t.format} headingTagOverride="h3">
        <SpaceBetween size="s">
          <Box>
            {t.formatAdvice} {most > least && t.tail(least + 1, most)}
          </Box>
          <Table
            items={layout.columns.map((key, at) => ({ key, at }))}
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
              { id: "needed", header: t.column.required, cell: ({ key }) => needed(key), minWidth: 90 },
              { id: "example", header: t.column.example, cell: ({ at }) => layout.example[at] ?? "", minWidth: 150 },
            ]}
          />
          <Box>
            {t.devices}:{" "}
            {deviceOrder
              .toSorted()
              .map((code) => `${code} ${codes.devices[code]}`)
              .join(" / ")}
          </Box>
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}
