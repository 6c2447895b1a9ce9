import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { revocationReasons } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import { codeWords } from "../words.ts";
import { actions, type Choice } from "./choice.ts";
import { calendarDay, daysOffered } from "./day.ts";
import { DayPicker } from "./day-picker.tsx";
import { revocationWords } from "./words.ts";

type Props = {
  readonly choice: Choice;
  readonly edit: (choice: Choice) => void;
  /** A plan can be cancelled where every chosen certificate has one. */
  readonly planned: boolean;
  readonly dayError: string | undefined;
  /** The moment at which the dialog was opened. */
  readonly now: number;
};

/** ただちに or a day, and the reason. */
export function ChoiceFields({ choice, edit, planned, dayError, now }: Props) {
  const t = useWords(revocationWords);
  const codes = useWords(codeWords);
  const { first, last } = daysOffered(now);
  return (
    <SpaceBetween size="m">
      <FormField label={t.when} stretch>
        <RadioGroup
          value={choice.action}
          items={actions
            .filter((action) => action !== "cancel" || planned)
            .map((value) => ({ value, label: t.actions[value], description: t.actionAdvice[value] }))}
          onChange={({ detail }) =>
            edit({ ...choice, action: actions.find((one) => one === detail.value) ?? choice.action })
          }
        />
      </FormField>
      {choice.action === "day" && (
        <FormField
          label={t.day}
          constraintText={t.dayAdvice(first, last)}
          {...(dayError ? { errorText: dayError } : {})}
        >
          <DayPicker
            name={t.day}
            value={choice.day}
            onChange={({ detail }) => edit({ ...choice, day: detail.value })}
            isDateEnabled={(date) => calendarDay(date) >= first && calendarDay(date) <= last}
          />
        </FormField>
      )}
      {choice.action !== "cancel" && (
        <FormField label={t.reason} description={t.reasonAdvice}>
          <Select
            selectedOption={{ value: choice.reason, label: codes.reasons[choice.reason] }}
            options={revocationReasons.map((value) => ({ value, label: codes.reasons[value] }))}
            onChange={({ detail }) =>
              edit({
                ...choice,
                reason: revocationReasons.find((one) => one === detail.selectedOption.value) ?? "unspecified",
              })
            }
            expandToViewport
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
