import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import type { AuditLineView } from "../../../lambdas/contract/audit.ts";
import { momentText } from "../../shared/moment.ts";
import { useCall, useTrail, useWords } from "../frame/contexts.ts";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { navigate, useHashSearch } from "../frame/hash-address.ts";
import { Heading } from "../frame/heading.tsx";
import { StackingTable } from "../frame/stacking-table.tsx";
import { actWords } from "./act-words.ts";
import { AuditFilter } from "./audit-filter.tsx";
import { actorText, detailsOf, subjectText } from "./details-text.ts";
import { filterOf, searchOf } from "./filter.ts";
import { SaveButton } from "./save-button.tsx";
import { auditWords } from "./words.ts";

type Shown = {
  readonly lines: readonly AuditLineView[];
  readonly next?: string | undefined;
  readonly lookedTo?: string;
};

/** 操作履歴: who did what when, from where and to whom; what is asked for stands in the address. */
export function AuditPage() {
  const t = { ...useWords(auditWords), ...useWords(actWords) };
  useTrail([{ text: t.title, href: "#" }]);
  const search = useHashSearch();
  const filter = filterOf(search);
  const call = useCall();
  const [shown, setShown] = useState<Shown>({ lines: [] });
  const [loading, setLoading] = useState(true);
  const [cause, setCause] = useState<unknown>();
  const [round, setRound] = useState(0);

  const read = async (before: Shown, signal?: AbortSignal) => {
    setLoading(true);
    try {
      const query = { ...filter, ...(before.next === undefined ? {} : { cursor: before.next }) };
      const page = await call("listAudit", { query, ...(signal ? { signal } : {}) });
      if (signal?.aborted) return;
      setCause(undefined);
      setShown({ lines: [...before.lines, ...page.lines], next: page.next, lookedTo: page.lookedTo });
    } catch (failure) {
      if (!signal?.aborted) setCause(failure);
    } finally {
      if (!signal?.aborted) setLoading(false);
    }
  };
  useEffect(() => {
    const left = new AbortController();
    setShown({ lines: [] });
    void read({ lines: [] }, left.signal);
    return () => left.abort();
  }, [search, round]);

  const { lines, next, lookedTo = "" } = shown;
  const more = next !== undefined && (
    <Button loading={loading} onClick={() => void read(shown)}>
      {t.more}
    </Button>
  );
  return (
    <ContentLayout header={<Heading title={t.title} description={t.advice} />}>
      <SpaceBetween size="m">
        <AuditFilter filter={filter} search={(asked) => navigate(`/audit${searchOf(asked)}`)} />
        {cause !== undefined && <ErrorAlert cause={cause} again={() => setRound(round + 1)} />}
        <StackingTable
          label={t.list}
          items={lines.map((line, at) => ({ ...line, key: String(at) }))}
          keyOf={({ key }) => key}
          contentDensity="compact"
          loading={loading && lines.length === 0}
          header={
            <Header variant="h2" actions={<SaveButton filter={filter} />}>
              {t.list}
            </Header>
          }
          empty={
            cause === undefined && (
              <SpaceBetween size="s" alignItems="center">
                <Box>{t.nothing(lookedTo)}</Box>
                {more}
              </SpaceBetween>
            )
          }
          columns={[
            { id: "at", header: t.at, cell: ({ at }) => momentText(at), minWidth: 140 },
            { id: "action", header: t.action, cell: ({ action }) => t.actions[action], minWidth: 180 },
            {
              id: "actor",
              header: t.actor,
              cell: (line) => <span className="mail">{actorText(line, t)}</span>,
              minWidth: 190,
            },
            {
              id: "subject",
              header: t.subject,
              cell: (line) => <span className="mail">{subjectText(line)}</span>,
              minWidth: 190,
            },
            {
              id: "details",
              header: t.details,
              cell: (line) =>
                detailsOf(line, t).map((part) => (
                  <div key={part} className="mail">
                    {part}
                  </div>
                )),
              minWidth: 240,
            },
          ]}
        />
        {lines.length > 0 && !loading && (
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <Box color="text-body-secondary">{next === undefined ? t.all(lookedTo) : t.lookedTo(lookedTo)}</Box>
            {more}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
