import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { useAfterPointerUp } from "../frame/after-pointer-up.ts";
import { useNames, useSpeech, useWords } from "../frame/contexts.ts";
import { Pairs } from "../frame/pairs.tsx";
import type { Place } from "../subscribers/organization-path.ts";
import { DeviceFields } from "./device-fields.tsx";
import {
  check,
  converted,
  type Draft,
  errorText,
  type FieldErrors,
  type FieldName,
  noRefusals,
  type Refusals,
  textFields,
} from "./draft.ts";
import { registrationWords } from "./words.ts";

type Props = {
  readonly place: Place;
  readonly draft: Draft;
  /** The draft is of an earlier visit. */
  readonly restored: boolean;
  readonly change: (draft: Draft) => void;
  /** [クリア] */
  readonly empty: () => void;
  /** What the server refused, until the field is changed. */
  readonly refused: Refusals;
  readonly forgive: (left: Refusals) => void;
  readonly confirm: () => void;
};

/** The form. A field is checked when it is left with something in it, and shows then what will be registered; all are checked at [確認]. */
export function InputStep({ place, draft, restored, change, empty, refused, forgive, confirm }: Props) {
  const t = useWords(registrationWords);
  const { language } = useSpeech();
  const { company } = useNames();
  const afterPointerUp = useAfterPointerUp();
  const { options } = place.service;
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const [asked, setAsked] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const [now] = useState(() => Date.now());
  const form = useRef<HTMLFormElement>(null);
  const checked = check(draft, options, new Date(now));
  const isRefused = Object.keys(refused.errors).length > 0;

  const errorAt = (name: FieldName): string | undefined => {
    const error = refused.errors[name] ?? (asked || left.has(name) ? checked.errors[name] : undefined);
    return error && errorText(error, language);
  };
  const edit = (name: FieldName, changed: Draft) => {
    change(changed);
    forgive({ ...refused, errors: withoutOutdated(refused.errors, name) });
  };
  const leave = (name: FieldName, value: string) => {
    if (value.trim()) afterPointerUp(() => setLeft((now) => new Set(now).add(name)));
  };

  useEffect(() => {
    if (attempts > 0 || isRefused) focusFirstError(form.current);
    // On arrival with refusals and after each failed [確認]; not while the fields are being corrected.
  }, [attempts]);

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.registration) {
          forgive(noRefusals);
          return confirm();
        }
        setAsked(true);
        setAttempts((before) => before + 1);
      }}
    >
      <Form
        {...(isRefused || (asked && !checked.registration)
          ? { errorText: [t.mistakes, ...refused.elsewhere].join(" ") }
          : {})}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={empty}>
              {t.clear}
            </Button>
            <Button variant="primary">{t.confirm}</Button>
          </SpaceBetween>
        }
      >
        <Container header={<Header variant="h2">{t.section}</Header>}>
          <SpaceBetween size="l">
            {restored && <Alert type="info">{t.restored}</Alert>}
            <Box>{t.inputAdvice}</Box>
            <Pairs
              items={[
                { label: t.company, value: company },
                { label: t.organization, value: place.organization.name },
              ]}
            />
            <ColumnLayout columns={2}>
              {textFields.map((name) => {
                const error = errorAt(name);
                return (
                  <div key={name} data-field={name}>
                    <FormField
                      label={t.fields[name]}
                      constraintText={t.example[name]}
                      {...(name === "primaryEmail" ? { description: t.mailAdvice } : {})}
                      {...(error ? { errorText: error } : {})}
                    >
                      <Input
                        value={draft[name]}
                        onChange={({ detail }) => edit(name, { ...draft, [name]: detail.value })}
                        onBlur={() => {
                          const value = converted(name, draft[name]);
                          if (value !== draft[name]) change({ ...draft, [name]: value });
                          leave(name, value);
                        }}
                        autoComplete={false}
                        spellcheck={false}
                        disableBrowserAutocorrect
                        ariaRequired
                        {...(name === "primaryEmail" ? { inputMode: "email" as const } : {})}
                      />
                    </FormField>
                  </div>
                );
              })}
            </ColumnLayout>
            <DeviceFields service={place.service} draft={draft} edit={edit} leave={leave} errorAt={errorAt} />
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}

/** What still stands of the server's refusals when this field changes; whether a device is taken depends on the address too, and whether the names differ on each of them. */
const withoutOutdated = (refused: FieldErrors, changed: FieldName): FieldErrors =>
  Object.fromEntries(
    Object.entries(refused).filter(
      ([name, { code }]) =>
        name !== changed &&
        !(code === "slotTaken" && (changed === "primaryEmail" || changed === `${name}.certificateEmail`)) &&
        !(code === "subscriberDiffers" && textFields.some((field) => field === changed)),
    ),
  );

/** Brings the first field with an error into view and the keyboard to it. */
function focusFirstError(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>("input[aria-invalid='true'], [data-error='true'] input")?.focus();
}
