import Box from "@cloudscape-design/components/box";
import type { HistoryLine, SentNotice, Status } from "../../../lambdas/contract/shapes.ts";
import { dateText, momentText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { PanelSection } from "../frame/panel.tsx";
import { codeWords } from "../words.ts";
import { panelWords } from "./panel-words.ts";

/** Who did what to the certificate when, newest first. */
export function CertificateHistory({ lines }: { readonly lines: readonly HistoryLine[] }) {
  const t = useWords(panelWords);
  const codes = useWords(codeWords);
  const actor = ({ actor: { kind, name, address } }: HistoryLine) => t.actors[kind](name ?? address ?? "");
  return (
    <PanelSection title={t.history}>
      {lines.length === 0 && <Box color="text-body-secondary">{t.noHistory}</Box>}
      <ol className="history">
        {lines.map((line) => (
          <li key={`${line.at} ${line.action}`}>
            <Box color="text-body-secondary">{momentText(line.at)}</Box>
            <div>
              {t.actions[line.action](line.on === undefined ? "" : dateText(line.on))}
              {line.reason && line.reason !== "unspecified" && t.because(codes.reasons[line.reason])}
            </div>
            <Box color="text-body-secondary">{actor(line)}</Box>
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}

/** The mails that went to the subscriber about the certificate, newest first. */
export function SentMails({ notices, status }: { readonly notices: readonly SentNotice[]; readonly status: Status }) {
  const t = useWords(panelWords);
  return (
    <PanelSection title={t.mails}>
      {notices.length === 0 && (
        <Box color="text-body-secondary">{status === "issuing" ? t.mailsAfterIssuance : t.noMails}</Box>
      )}
      <ol className="history">
        {notices.map((notice) => (
          <li key={notice.requestedAt}>
            <Box color="text-body-secondary">
              {notice.sentAt === undefined ? t.notSentYet(momentText(notice.requestedAt)) : momentText(notice.sentAt)}
              {notice.resent && t.resent}
            </Box>
            <div className="mail">{notice.to}</div>
            {notice.mails.map((mail) => (
              <div key={mail}>{t.mailTitles[mail]}</div>
            ))}
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}
