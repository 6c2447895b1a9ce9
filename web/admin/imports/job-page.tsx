import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import { useLocation } from "wouter";
import type { ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { useCall, useSpeech, useTrail, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Waiting } from "../frame/waiting.tsx";
import { jobsAddress, ledBy, listAddress, originOf } from "./addresses.ts";
import { JobDetails } from "./job-details.tsx";
import { JobErrors } from "./job-errors.tsx";
import { JobOutcome } from "./job-outcome.tsx";
import { dryRunWords } from "./dry-run-words.ts";
import { jobWords } from "./job-words.ts";
import { usePolled } from "./use-polled.ts";
import { StopButton, stoppable } from "./stop-button.tsx";
import { PackageSection } from "./package-section.tsx";

/** One file from its upload to its end: 「…受付完了」, its progress, 「…完了」, what went wrong. Mails link here. */
export function JobPage({ jobId }: { readonly jobId: string }) {
  const t = useWords(jobWords);
  const dry = useWords(dryRunWords);
  const call = useCall();
  const { language } = useSpeech();
  const [, navigate] = useLocation();
  const { value, cause, loading, refresh } = usePolled(
    useCallback(
      async (signal: AbortSignal) => {
        const shown = await call("getImport", { params: { jobId }, signal });
        const standing = waits(shown.job)
          ? (await call("getImportQueue", { signal })).own.find(({ job }) => job.jobId === jobId)
          : undefined;
        return { ...shown, standing };
      },
      // The causes are worded by the server: another language needs another request.
      [call, jobId, language],
    ),
    ({ job }) => (job.endedAt === undefined || job.package === "making" ? "moving" : "still"),
  );
  // A refused file's mistakes are what somebody has come for: they stand first.
  const told = value && value.errors.length > 0 && <JobErrors job={value.job} errors={value.errors} />;
  const title = value ? titleOf(value.job, t, dry) : t.title;
  useTrail([
    { text: t.title, href: `#${jobsAddress}` },
    { text: value?.job.fileName ?? t.fileName, href: "#" },
  ]);
  return (
    <ContentLayout
      header={
        <Heading
          title={title}
          description={value?.job.fileName}
          actions={
            value && (
              <SpaceBetween direction="horizontal" size="xs">
                {stoppable(value.job) && <StopButton job={value.job} onAnswer={refresh} />}
                <Button iconName="refresh" loading={loading} onClick={refresh}>
                  {t.refresh}
                </Button>
              </SpaceBetween>
            )
          }
        />
      }
    >
      <SpaceBetween size="l">
        {cause !== undefined && <ErrorAlert cause={cause} again={refresh} />}
        {value === undefined && cause === undefined && <Waiting />}
        {value && (
          <SpaceBetween size="l">
            <JobOutcome job={value.job} list={listOf(value.job)} />
            {value.job.acceptedAt === undefined && told}
            <JobDetails job={value.job} standing={value.standing} />
            {value.job.bulkDownload && (value.job.endedAt === undefined || value.job.acceptedAt !== undefined) && (
              <PackageSection job={value.job} />
            )}
            {value.job.acceptedAt !== undefined && told}
            <Box float="right">
              <Button
                variant="primary"
                onClick={() => navigate(ledBy().close ?? listOf(value.job) ?? originOf(value.job))}
              >
                {t.close}
              </Button>
            </Box>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

const waits = ({ acceptedAt, endedAt }: ImportJobRow) => acceptedAt !== undefined && endedAt === undefined;

function titleOf(
  { state, operation, dryRun }: ImportJobRow,
  t: (typeof jobWords)["ja"],
  dry: (typeof dryRunWords)["ja"],
): string {
  const name = t.operations[operation];
  if (dryRun) return dry.title(name);
  if (state === "uploading" || state === "checking") return t.titleOf.coming(name);
  if (state === "refused" || state === "stopped" || state === "done") return t.titleOf[state](name);
  return t.titleOf.accepted(name);
}

/** The list that the file was uploaded from: the job's own, or the one that the previous page named. */
const listOf = ({ serviceId, organizationId }: ImportJobRow): string | undefined =>
  organizationId === undefined ? ledBy().list : listAddress({ serviceId, organizationId });
