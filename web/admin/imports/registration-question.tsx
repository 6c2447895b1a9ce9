import { useWords } from "../frame/contexts.ts";
import { counted } from "./counted.ts";
import { QuestionFrame, type QuestionProps } from "./question-frame.tsx";
import { importWords } from "./words.ts";

/** Mails of each certificate: the download page, and the page of ID and password. */
const mailsEach = 2;

/** Says how many people get how many certificates and mails, and asks. */
export function RegistrationQuestion({ fileName, rows, people, bulkDownload, service, ok, cancel }: QuestionProps) {
  const t = useWords(importWords);
  const { licences, licencesUsed: used } = service;
  const mails = bulkDownload ? 0 : rows * mailsEach;
  return (
    <QuestionFrame
      title={t.commands.register}
      type="info"
      sentence={t.registration.sentence(counted(people), counted(rows), mails === 0 ? undefined : counted(mails))}
      lines={[
        t.registration.file(fileName),
        t.registration.licences(counted(used), counted(used + rows), counted(licences)),
      ]}
      ok={ok}
      cancel={cancel}
    />
  );
}
