import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { type Notice, useCall, useSpeech, useWords } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import { packageWords } from "./package-words.ts";

/** A package lives at least so long after its file has ended. */
const kept = 7 * 86_400_000;

/** 10,000 certificates take a few minutes; what takes longer is tried again by itself. */
const usual = 3_600_000;

type State = "waiting" | "making" | "late" | "none" | "gone" | "ready";

function stateOf({ state, endedAt, package: made }: ImportJobRow, now: number): State {
  if ((state !== "done" && state !== "stopped") || endedAt === undefined) return "waiting";
  const age = now - Date.parse(endedAt);
  if (made === "making") return age > usual ? "late" : "making";
  if (made === undefined) return "none";
  return age > kept ? "gone" : "ready";
}

const indicators = {
  waiting: "pending",
  making: "in-progress",
  late: "warning",
  none: "stopped",
  gone: "stopped",
} as const;

/** 一括ダウンロード: the ZIP, once it is made, and what to do with what is in it. */
export function PackageSection({ job }: { readonly job: ImportJobRow }) {
  const t = useWords(packageWords);
  const { language } = useSpeech();
  const call = useCall();
  const [fetching, setFetching] = useState(false);
  const [notice, setNotice] = useState<Notice | { type: "success"; header: string }>();
  const [now] = useState(() => Date.now());
  const state = stateOf(job, now);

  const fetchPackage = async () => {
    setFetching(true);
    setNotice(undefined);
    try {
      const { url, fileName } = await call("downloadPackage", { params: { jobId: job.jobId } });
      // The link answers with an attachment, so that this page stays.
      location.assign(url);
      setNotice({ type: "success", header: t.fetched(fileName) });
    } catch (cause) {
      setNotice(errorNotice(cause, language));
    } finally {
      setFetching(false);
    }
  };

  return (
    <Container header={<Header variant="h2">{t.package}</Header>}>
      <SpaceBetween size="m">
        {notice && (
          <div role={notice.type === "success" ? "status" : "alert"}>
            <Alert type={notice.type} header={notice.header}>
              {"content" in notice && notice.content}
            </Alert>
          </div>
        )}
        {state === "ready" ? (
          <SpaceBetween size="xs">
            <Button variant="primary" iconName="download" loading={fetching} onClick={() => void fetchPackage()}>
              {t.fetch}
            </Button>
            <Box color="text-body-secondary">{t.packageAdvice}</Box>
          </SpaceBetween>
        ) : (
          <StatusIndicator type={indicators[state]}>{t.packageState[state]}</StatusIndicator>
        )}
        {(state === "ready" || state === "making") && (
          <div>
            {t.packageUse.map((sentence) => (
              <Box key={sentence} variant="p">
                {sentence}
              </Box>
            ))}
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}
