import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";
import { momentText } from "../../shared/moment.ts";
import { useCall, useTrail, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { StackingTable } from "../frame/stacking-table.tsx";
import { FileLink } from "./file-link.tsx";
import { counted } from "./counted.ts";
import { endedRows, useTally } from "./job-progress.tsx";
import { JobState } from "./job-state.tsx";
import { jobWords } from "./job-words.ts";
import { usePolled } from "./use-polled.ts";
import { QueueStatus } from "./queue-status.tsx";

type Page = Reply<AdminRoutes["listImports"]>;
const pageSize = 20;

/** CSV処理状況: the queue, and every file that the company has uploaded. */
export function JobsPage() {
  const t = useWords(jobWords);
  useTrail([{ text: t.title, href: "#" }]);
  return (
    <ContentLayout header={<Heading title={t.title} />}>
      <SpaceBetween size="l">
        <QueueStatus title={t.queue} />
        <Jobs />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Jobs() {
  const t = useWords(jobWords);
  const call = useCall();
  const tally = useTally();
  /** What opens each page that is known; the first has none. */
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const [page, setPage] = useState(0);
  const cursor = cursors[page];
  const { value, cause, loading, refresh } = usePolled(
    useCallback(
      async (signal: AbortSignal) => {
        const list = await call("listImports", { query: { limit: pageSize, cursor }, signal });
        if (!signal.aborted)
          setCursors((known) => {
            const until = known.slice(0, known.indexOf(cursor) + 1);
            return list.next === undefined ? until : [...until, list.next];
          });
        return list;
      },
      [call, cursor],
    ),
    ({ jobs }: Page) => (jobs.some(({ endedAt }) => endedAt === undefined) ? "moving" : "idle"),
  );
  return (
    <>
      {cause !== undefined && <ErrorAlert cause={cause} again={refresh} />}
      <StackingTable
        label={t.list}
        items={value?.jobs ?? []}
        keyOf={({ jobId }) => jobId}
        loading={loading && value === undefined}
        header={<Header variant="h2">{t.list}</Header>}
        empty={cause === undefined && <Box>{t.listNone}</Box>}
        pagination={
          <Pagination
            currentPageIndex={page + 1}
            pagesCount={cursors.length}
            openEnd={cursors.length > page + 1}
            disabled={loading}
            ariaLabels={{ paginationLabel: t.page }}
            onChange={({ detail }) => setPage(Math.min(detail.currentPageIndex, cursors.length) - 1)}
          />
        }
        columns={[
          { id: "fileName", header: t.fileName, cell: (job) => <FileLink job={job} />, minWidth: 150 },
          {
            id: "state",
            header: t.state,
            cell: (job) => <JobState job={job} />,
            minWidth: 120,
            hasDynamicContent: true,
          },
          { id: "operation", header: t.operation, cell: (job) => t.operations[job.operation], minWidth: 120 },
          {
            id: "place",
            header: t.service,
            cell: ({ serviceName, organizationName = "" }) => `${serviceName} ${organizationName}`.trim(),
            minWidth: 130,
          },
          {
            id: "rows",
            header: t.rows,
            cell: (job) => {
              if (job.dryRun && job.state === "accepted") return t.rowCount(counted(job.rows));
              if (job.state === "refused") return t.mistakes(counted(job.mistakes));
              return job.rows > 0 || endedRows(job) > 0 ? tally(job) : "-";
            },
            minWidth: 130,
          },
          { id: "createdAt", header: t.createdAt, cell: (job) => momentText(job.createdAt), minWidth: 130 },
          { id: "actor", header: t.actor, cell: (job) => job.actor, minWidth: 110 },
        ]}
      />
    </>
  );
}
