import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { importLayoutOf } from "../../../lambdas/contract/import-layouts.ts";
import { importKinds, type ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { mayBulkDownload } from "../../../lambdas/registration/rules.ts";
import { useWords } from "../frame/contexts.ts";
import { useUnsaved } from "../frame/unsaved.tsx";
import { dayRefusal, slashed } from "../revocation/day.ts";
import type { OrganizationPath } from "../subscribers/organization-path.ts";
import { jobAddress, type LedBy, listAddress } from "./addresses.ts";
import { useChosenFile } from "./chosen-file.ts";
import { FileCheck } from "./file-check.tsx";
import { FileField } from "./file-field.tsx";
import { FilePreview } from "./file-preview.tsx";
import { FormatGuide } from "./format-guide.tsx";
import { questions } from "./questions.ts";
import { type Order, useSending } from "./sending.ts";
import { type When, WhenFields } from "./when-fields.tsx";
import { importWords } from "./words.ts";

type Props = { readonly operation: ImportOperation; readonly ids: OrganizationPath; readonly service: Service };

/** The file, what its check has found, and what is to become of it; one question is asked before it is sent. */
export function ImportForm({ operation, ids, service }: Props) {
  const t = useWords(importWords);
  const [, navigate] = useLocation();
  const kind = importKinds[operation];
  const layout = importLayoutOf[operation](service.options);
  const Question = questions[operation];
  const [chosen, choose] = useChosenFile(operation, service);
  const [bulkDownload, setBulkDownload] = useState(false);
  const [when, setWhen] = useState<When>({ action: "now", day: "" });
  const [asked, setAsked] = useState(false);
  const [question, setQuestion] = useState(false);
  const [now] = useState(() => Date.now());
  const { part, notice, send } = useSending(ids.serviceId);
  const form = useRef<HTMLFormElement>(null);
  const check = chosen?.check;
  const wrongDay = kind.on && when.action === "day" && dayRefusal(when.day, now) !== undefined;
  const right = check?.state === "right" ? check : undefined;
  const busy = check?.state === "reading" || check?.state === "checking";
  const leave = useUnsaved(chosen !== undefined, { discard: () => void choose(undefined) });

  const carryOut = async () => {
    if (!chosen) return;
    setQuestion(false);
    const fileName = chosen.file.name;
    const order: Order = {
      operation,
      fileName,
      ...(kind.organization ? { organizationId: ids.organizationId } : {}),
      ...(kind.bulkDownload ? { bulkDownload } : {}),
      ...(kind.on && when.action === "day" ? { on: slashed(when.day) } : {}),
    };
    const jobId = await send(order, chosen.bytes);
    // The list is where [閉じる] leads back to, also after a reload.
    if (jobId !== undefined) navigate(jobAddress(jobId), { state: { list: listAddress(ids) } satisfies LedBy });
  };
  const submit = () => {
    setAsked(true);
    if (right && !wrongDay) setQuestion(true);
    else form.current?.querySelector<HTMLElement>(right ? "[aria-invalid='true']" : "input[type=file]")?.focus();
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Form
        {...(asked && (!right || wrongDay) ? { errorText: busy ? t.check.wait : t.mistakes } : {})}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={() => leave(() => navigate(listAddress(ids)))}>
              {t.cancel}
            </Button>
            <Button variant="primary" loading={part !== undefined}>
              {t.submit[operation]}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {notice && (
            <div role="alert">
              <Alert type="error" header={notice.header}>
                {notice.content}
              </Alert>
            </div>
          )}
          <Container header={<Header variant="h2">{t.section}</Header>}>
            <SpaceBetween size="l">
              <FormatGuide operation={operation} service={service} />
              <FileField layout={layout} chosen={chosen} choose={(file) => void choose(file)} missing={asked} />
              {chosen && <FileCheck key={chosen.file.name} {...chosen} layout={layout} />}
              {check && "content" in check && <FilePreview content={check.content} layout={layout} />}
              {kind.bulkDownload && (
                <Checkbox
                  checked={bulkDownload}
                  description={mayBulkDownload(service) ? t.bulkDownloadAdvice : t.bulkDownloadNotAllowed}
                  disabled={!mayBulkDownload(service)}
                  onChange={({ detail }) => setBulkDownload(detail.checked)}
                >
                  {t.bulkDownload}
                </Checkbox>
              )}
              {kind.on && <WhenFields when={when} edit={setWhen} asked={asked} now={now} serviceName={service.name} />}
              <Box color="text-body-secondary">{t.allOrNothing}</Box>
              {part !== undefined && (
                <ProgressBar label={t.sending} value={Math.round(part * 100)} description={chosen?.file.name} />
              )}
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
      {question && chosen && right && (
        <Question
          fileName={chosen.file.name}
          rows={right.content.records.length}
          people={right.people}
          service={right.service}
          bulkDownload={bulkDownload}
          when={when}
          ok={() => void carryOut()}
          cancel={() => setQuestion(false)}
        />
      )}
    </form>
  );
}
