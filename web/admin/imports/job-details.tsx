import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { importKinds, type ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { momentText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { Pairs } from "../frame/pairs.tsx";
import { JobProgress } from "./job-progress.tsx";
import { JobState } from "./job-state.tsx";
import { jobWords } from "./job-words.ts";
import { type Standing, StandingText } from "./queue-status.tsx";

type Props = { readonly job: ImportJobRow; readonly standing: Standing | undefined };

/** How far a file has come, and what was asked for with it. */
export function JobDetails({ job, standing }: Props) {
  const t = useWords(jobWords);
  const { operation, bulkDownload, on, createdAt, endedAt } = job;
  const kind = importKinds[operation];
  return (
    <Container header={<Header variant="h2">{t.progress}</Header>}>
      <SpaceBetween size="l">
        {job.rows > 0 && !job.dryRun && (
          <JobProgress job={job}>{standing && <StandingText standing={standing} />}</JobProgress>
        )}
        <Pairs
          items={[
            { label: t.state, value: <JobState job={job} /> },
            { label: t.operation, value: t.operations[operation] },
            { label: t.service, value: job.serviceName },
            ...(job.organizationName === undefined ? [] : [{ label: t.organization, value: job.organizationName }]),
            { label: t.createdAt, value: momentText(createdAt) },
            ...(endedAt === undefined ? [] : [{ label: t.endedAt, value: momentText(endedAt) }]),
            { label: t.actor, value: job.actor },
            ...(job.stop === undefined ? [] : [{ label: t.stoppedBy, value: job.stop.actor }]),
            ...(kind.bulkDownload
              ? [{ label: t.handOver, value: bulkDownload ? t.handOvers.bulk : t.handOvers.mail }]
              : []),
            ...(kind.on ? [{ label: t.on, value: on === undefined ? t.atOnce : t.onDay(on) }] : []),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
