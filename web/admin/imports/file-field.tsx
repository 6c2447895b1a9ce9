import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import { importLimits } from "../../../lambdas/contract/imports.ts";
import type { ImportLayout } from "../../../lambdas/contract/import-layouts.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import type { Check } from "./check-file.ts";
import type { ChosenFile } from "./chosen-file.ts";
import { counted } from "./counted.ts";
import { refusalText } from "./error-text.ts";
import { importWords } from "./words.ts";

const megabytes = importLimits.bytes / 1024 ** 2;

type Props = {
  readonly layout: ImportLayout;
  readonly chosen: ChosenFile | undefined;
  readonly choose: (file: File | undefined) => void;
  /** After an attempt to send without one. */
  readonly missing: boolean;
};

/** CSVファイル, by the button or dropped, with what is wrong with it at first sight. */
export function FileField({ layout, chosen, choose, missing }: Props) {
  const t = useWords(importWords);
  const { language } = useSpeech();
  const error = chosen ? errorOf(chosen.check) : missing && t.noFile;
  function errorOf(check: Check): string | undefined {
    if (check.state === "unreadable") return t.unreadable;
    if (check.state === "refused") return refusalText(check.fault, layout, language);
    return check.state === "wrong" ? t.check.wrong(counted(check.errors.length)) : undefined;
  }
  return (
    <FormField
      label={t.file}
      constraintText={t.fileAdvice(megabytes, importLimits.rows.toLocaleString("en"))}
      {...(error ? { errorText: error } : {})}
    >
      <FileUpload
        value={chosen ? [chosen.file] : []}
        accept=".csv,text/csv"
        showFileSize
        onChange={({ detail }) => choose(detail.value.at(-1))}
        i18nStrings={{
          uploadButtonText: () => t.chooseFile,
          dropzoneText: () => t.dropFile,
          removeFileAriaLabel: (_, name) => t.removeFile(name),
          formatFileSize: (bytes) => t.kilobytes((bytes / 1024).toLocaleString("en", { maximumFractionDigits: 1 })),
        }}
      />
    </FormField>
  );
}
