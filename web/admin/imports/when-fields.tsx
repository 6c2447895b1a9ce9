import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { messageText } from "../../../lambdas/contract/messages.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { calendarDay, dayRefusal, daysOffered, slashed } from "../revocation/day.ts";
import { DayPicker } from "../revocation/day-picker.tsx";
import { importWords } from "./words.ts";

/** At once, or on the picker's day (`yyyy-mm-dd` when it is whole). */
export type When = { readonly action: "now" | "day"; readonly day: string };

type Props = {
  readonly when: When;
  readonly edit: (when: When) => void;
  /** After an attempt to send. */
  readonly asked: boolean;
  /** The moment at which the page was opened. */
  readonly now: number;
  readonly serviceName: string;
};

/** 失効日, and the truth about it. */
export function WhenFields({ when, edit, asked, now, serviceName }: Props) {
  const t = useWords(importWords);
  const { language } = useSpeech();
  const { first, last } = daysOffered(now);
  const refusal = when.action === "day" ? dayRefusal(when.day, now) : undefined;
  return (
    <SpaceBetween size="m">
      <FormField label={t.when} stretch>
        <RadioGroup
          value={when.action}
          items={(["now", "day"] as const).map((value) => ({
            value,
            label: t.actions[value],
            description: t.actionAdvice[value],
          }))}
          onChange={({ detail }) => edit({ ...when, action: detail.value === "day" ? "day" : "now" })}
        />
      </FormField>
      {when.action === "day" && (
        <FormField
          label={t.day}
          constraintText={t.dayAdvice(first, last)}
          {...(asked && refusal ? { errorText: messageText(refusal, language) } : {})}
        >
          <DayPicker
            name={t.day}
            value={when.day}
            onChange={({ detail }) => edit({ ...when, day: detail.value })}
            isDateEnabled={(date) => calendarDay(date) >= first && calendarDay(date) <= last}
          />
        </FormField>
      )}
      <Alert type="info" header={t.scope(serviceName)}>
        {(refusal === undefined ? t.truth[when.action](slashed(when.day)) : []).map((sentence) => (
          <div key={sentence}>{sentence}</div>
        ))}
      </Alert>
    </SpaceBetween>
  );
}
