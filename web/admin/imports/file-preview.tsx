import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { columnOf, type ImportLayout } from "../../../lambdas/contract/import-layouts.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { Phrased } from "../frame/phrases.tsx";
import type { FileContent } from "../../../lambdas/imports/files/read-file.ts";
import { importWords } from "./words.ts";

/** A wrong file may have hundreds; the first ones show it. */
const mostColumns = 25;
const shown = 5;

/** The first rows as the server is going to read them: garbled characters and shifted columns show before the upload. */
export function FilePreview({ content, layout }: { readonly content: FileContent; readonly layout: ImportLayout }) {
  const t = useWords(importWords);
  const { language } = useSpeech();
  const { encoding, header, records } = content;
  const first = [...(header === undefined ? [] : [header]), ...records].slice(0, shown);
  const width = Math.min(mostColumns, Math.max(...first.map(({ cells }) => cells.length)));
  const name = encoding === "UTF-8 BOM" ? t.withMark : encoding;
  return (
    <Table
      items={first}
      variant="embedded"
      contentDensity="compact"
      wrapLines
      header={
        <Header
          variant="h3"
          description={
            <>
              <span role="status">{t.detected(name, records.length.toLocaleString("en"))}</span>
              <Box color="text-body-secondary" fontSize="body-s">
                {t.previewAdvice(first.length)}
              </Box>
            </>
          }
        >
          {t.preview}
        </Header>
      }
      ariaLabels={{ tableLabel: t.preview }}
      columnDefinitions={[
        {
          id: "line",
          header: t.row,
          cell: ({ line }) => (line === header?.line ? t.header : line),
          isRowHeader: true,
          minWidth: 50,
        },
        ...Array.from({ length: width }, (_, at) => ({
          id: String(at),
          header: <ColumnHead text={`${at + 1} ${columnOf(layout, at + 1)?.[language] ?? ""}`} />,
          cell: ({ cells }: (typeof first)[number]) => <Cell text={cells[at] ?? ""} />,
          // Room for 「@example.jp」 in a line, and for 「フリガナ」.
          minWidth: first.some(({ cells }) => cells[at]?.includes("@")) ? 138 : 76,
        })),
      ]}
    />
  );
}

/** 「利用者（姓）フリガナ」 breaks at its brackets, so that many columns stand beside each other and can be read. */
function ColumnHead({ text }: { readonly text: string }) {
  const phrases = text.replace(" ", "\u00a0").split(/(?=（)|(?<=）)/);
  return phrases.length > 1 ? <Phrased text={phrases} /> : text;
}

/** A mail address breaks at its @ first. */
function Cell({ text }: { readonly text: string }) {
  const at = text.lastIndexOf("@");
  return (
    <span className="mail">
      {text.slice(0, Math.max(0, at))}
      {at > 0 && <wbr />}
      {text.slice(Math.max(0, at))}
    </span>
  );
}
