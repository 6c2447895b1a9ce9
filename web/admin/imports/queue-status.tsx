import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";
import { momentText } from "../../shared/moment.ts";
import { useCall, useWords } from "../frame/contexts.ts";
import { Pairs } from "../frame/pairs.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Waiting } from "../frame/waiting.tsx";
import { FileLink } from "./file-link.tsx";
import { counted } from "./counted.ts";
import { JobProgress } from "./job-progress.tsx";
import { jobWords } from "./job-words.ts";
import { usePolled } from "./use-polled.ts";

type Queue = Reply<AdminRoutes["getImportQueue"]>;
export type Standing = Queue["own"][number];

/** CSV処理状況: how much waits over all companies, and how far the own files have come. */
export function QueueStatus({ title }: { /** Where the page itself is CSV処理状況. */ readonly title?: string }) {
  const t = useWords(jobWords);
  const call = useCall();
  const { value, cause, loading, refresh } = usePolled(
    useCallback((signal: AbortSignal) => call("getImportQueue", { signal }), [call]),
    ({ files }: Queue) => (files > 0 ? "moving" : "idle"),
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t.queueAdvice}
          actions={
            <Button iconName="refresh" formAction="none" loading={loading && value !== undefined} onClick={refresh}>
              {t.refresh}
            </Button>
          }
        >
          {title ?? t.title}
        </Header>
      }
    >
      {cause !== undefined && <ErrorAlert cause={cause} again={refresh} />}
      {value === undefined && cause === undefined && <Waiting />}
      {value && (
        <SpaceBetween size="m">
          <Pairs
            items={[
              { label: t.files, value: t.fileCount(counted(value.files)) },
              { label: t.rowsWaiting, value: t.rowCount(counted(value.rows)) },
            ]}
          />
          <div>
            <Box variant="awsui-key-label">{t.own}</Box>
            {value.own.length === 0 ? (
              <Box color="text-body-secondary">{t.ownNone}</Box>
            ) : (
              <SpaceBetween size="m">
                {value.own.map((standing) => (
                  <OwnFile key={standing.job.jobId} standing={standing} />
                ))}
              </SpaceBetween>
            )}
          </div>
        </SpaceBetween>
      )}
    </Container>
  );
}

function OwnFile({ standing }: { readonly standing: Standing }) {
  const { job } = standing;
  const t = useWords(jobWords);
  return (
    <div>
      <FileLink job={job} /> ({t.operations[job.operation]})
      <JobProgress job={job}>
        <StandingText standing={standing} />
      </JobProgress>
    </div>
  );
}

/** What is ahead of a file, and when it is likely to end. */
export function StandingText({ standing: { job, filesAhead, rowsAhead } }: { readonly standing: Standing }) {
  const t = useWords(jobWords);
  return (
    <>
      {filesAhead > 0 ? t.ahead(counted(filesAhead), counted(rowsAhead)) : t.next}{" "}
      {job.estimatedEnd !== undefined && t.estimate(momentText(job.estimatedEnd))}
    </>
  );
}
