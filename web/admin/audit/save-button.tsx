import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { AuditLineView } from "../../../lambdas/contract/audit.ts";
import { csvText } from "../../../lambdas/contract/csv-text.ts";
import { dateText, momentText } from "../../shared/moment.ts";
import { useCall, useNotices, useSpeech, useWords } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import { saveText } from "../imports/save-text.ts";
import { actWords } from "./act-words.ts";
import { actorText, detailsOf, subjectText } from "./details-text.ts";
import type { Filter } from "./filter.ts";
import { auditWords } from "./words.ts";

/** What the page shows where no days are asked for. */
const thirtyDays = 30 * 86_400_000;

/** [CSVで保存]: all lines that are asked for, which are fetched part by part. */
export function SaveButton({ filter }: { readonly filter: Filter }) {
  const t = { ...useWords(auditWords), ...useWords(actWords) };
  const { language } = useSpeech();
  const { tell } = useNotices();
  const call = useCall();
  const [saving, setSaving] = useState<number>();

  const save = async () => {
    const lines: AuditLineView[] = [];
    let cursor: string | undefined;
    const day = (at: number) => dateText(new Date(at).toISOString());
    const usual = { from: day(Date.now() - thirtyDays), to: day(Date.now()) };
    setSaving(0);
    try {
      do {
        const body = { ...usual, ...filter, ...(cursor === undefined ? {} : { cursor }) };
        const part = await call("exportAudit", { body });
        lines.push(...part.lines);
        cursor = part.next;
        setSaving(lines.length);
      } while (cursor !== undefined);
      const head = [t.at, t.action, t.actor, t.subject, t.details];
      const row = (line: AuditLineView) => [
        momentText(line.at),
        t.actions[line.action],
        actorText(line, t),
        subjectText(line),
        detailsOf(line, t).join(" / "),
      ];
      saveText(t.fileName, csvText([head, ...lines.map(row)]));
    } catch (failure) {
      tell(errorNotice(failure, language));
    } finally {
      setSaving(undefined);
    }
  };

  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {saving !== undefined && <StatusIndicator type="loading">{t.saving(saving)}</StatusIndicator>}
      <Button iconName="download" formAction="none" loading={saving !== undefined} onClick={() => void save()}>
        {t.save}
      </Button>
    </SpaceBetween>
  );
}
