import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { RefusalKind } from "../../../lambdas/contract/refusals.ts";
import { Refused } from "../../shared/call.ts";
import type { Language } from "../../shared/texts.ts";
import { type Notice, useSpeech, useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

const ours = (kind: RefusalKind) => `urn:warifu:problem:${kind}`;

/** A failure in plain words: what happened, and what to do about it. */
export function errorNotice(cause: unknown, language: Language): Notice {
  const t = frameWords[language].errorAlert;
  if (!(cause instanceof Refused)) return { type: "error", ...t.unknown };
  if (!cause.problem) return { type: "error", ...t.connection };
  const { status, detail, title, type } = cause.problem;
  // What the server says of the operation; any other 403, the gateway's own too, is about the certificate.
  if (type === ours("issuingNotAllowed") || type === ours("forgery")) return { type: "error", header: title };
  if (status === 401 || status === 403) return { type: "error", ...t.forbidden };
  if (status === 404) return { type: "error", ...t.missing };
  if (status === 429) return { type: "error", ...t.busy };
  if (status >= 500) return { type: "error", ...t.server };
  // It names its remedy itself, which is rarely to try the same again.
  return { type: "error", header: detail ?? title };
}

/** A failure in the place of the content that could not be loaded. */
export function ErrorAlert({ cause, again }: { readonly cause: unknown; readonly again: () => void }) {
  const { language } = useSpeech();
  const t = useWords(frameWords);
  const notice = errorNotice(cause, language);
  return (
    <div role="alert">
      <Alert type="error" header={notice.header} action={<Button onClick={again}>{t.again}</Button>}>
        {notice.content}
      </Alert>
    </div>
  );
}
