import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { SubscriberView } from "../../../lambdas/contract/shapes.ts";
import { Refused } from "../../shared/call.ts";
import { useCall, useNotices, useSpeech, useWords } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import { navigate } from "../frame/hash-address.ts";
import { Heading } from "../frame/heading.tsx";
import { useUnsaved } from "../frame/unsaved.tsx";
import { converted, errorText, textFields } from "../registration/draft.ts";
import { registrationWords } from "../registration/words.ts";
import { codeWords } from "../words.ts";
import { Differences } from "./differences.tsx";
import { checkEdit, differences, draftOf, type EditDraft, type EditErrors } from "./draft.ts";
import { editWords } from "./words.ts";

type Props = {
  readonly view: SubscriberView;
  readonly certificateId: string;
  readonly listAddress: string;
  /** Reads the subscriber again: somebody else has changed it. */
  readonly again: () => void;
};

/** Input, then what will be changed; a refusal at a field leads back to it. */
export function EditForm({ view, certificateId, listAddress, again }: Props) {
  const t = useWords(editWords);
  const fields = useWords(registrationWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const { tell, clear } = useNotices();
  const call = useCall();
  const [draft, setDraft] = useState<EditDraft>(() => draftOf(view));
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<EditErrors>({});
  const [confirming, setConfirming] = useState(false);
  const [sending, setSending] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { change, errors } = checkEdit(view, draft);
  const changed = differences(view, draft);
  const [saved, setSaved] = useState<SubscriberView>();
  const leave = useUnsaved(changed.length > 0 && saved === undefined, {
    discard: () => setDraft(draftOf(view)),
    kept: false,
  });

  const edit = (name: string, next: EditDraft) => {
    setDraft(next);
    setKey(crypto.randomUUID());
    setRefused(({ [name]: _, ...others }) => others);
  };
  const errorOf = (name: string) => {
    const error = refused[name] ?? (asked ? errors[name] : undefined);
    return error === undefined ? {} : { errorText: errorText(error, language) };
  };
  const save = async () => {
    if (change === undefined || sending) return;
    setSending(true);
    try {
      const answer = await call("changeSubscriber", { params: { certificateId }, body: change, idempotencyKey: key });
      setSaved(answer);
    } catch (cause) {
      const problem = cause instanceof Refused ? cause.problem : undefined;
      const at = Object.fromEntries(
        (problem?.errors ?? []).map(({ field, code, message }) => [field.replace(/^devices\./, ""), { code, message }]),
      );
      if (Object.keys(at).length > 0) {
        setRefused(at);
        setConfirming(false);
      } else tell(errorNotice(cause, language));
      if (problem?.type.endsWith(":changedMeanwhile")) again();
    } finally {
      setSending(false);
    }
  };

  if (saved !== undefined)
    return (
      <ContentLayout header={<Heading key="done" title={t.doneTitle} />}>
        <SpaceBetween size="m">
          <div role="status">
            <Alert type="success" header={t.done(`${saved.familyName} ${saved.givenName}`)}>
              {t.doneAdvice}
            </Alert>
          </div>
          <Box float="right">
            <Button variant="primary" onClick={() => navigate(listAddress)}>
              {t.close}
            </Button>
          </Box>
        </SpaceBetween>
      </ContentLayout>
    );
  if (confirming)
    return (
      <ContentLayout header={<Heading key="confirm" title={t.confirmTitle} />}>
        <SpaceBetween size="m">
          <Differences items={changed.map(({ name, from, to }) => ({ name: nameOf(name), from, to }))} />
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={sending} onClick={() => setConfirming(false)}>
                {t.back}
              </Button>
              <Button variant="primary" loading={sending} onClick={() => void save()}>
                {t.decide}
              </Button>
            </SpaceBetween>
          </Box>
        </SpaceBetween>
      </ContentLayout>
    );
  return (
    <ContentLayout header={<Heading key="input" title={t.title} description={t.advice} />}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          clear();
          setAsked(true);
          if (change === undefined) return;
          if (changed.length === 0) return tell({ type: "warning", header: t.nothing });
          setConfirming(true);
        }}
      >
        <Form
          {...(Object.keys(refused).length > 0 || (asked && change === undefined) ? { errorText: t.mistakes } : {})}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" onClick={() => leave(() => navigate(listAddress))}>
                {t.cancel}
              </Button>
              <Button variant="primary">{t.confirm}</Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="m">
            <Container header={<Header variant="h2">{t.section}</Header>}>
              <ColumnLayout columns={2}>
                {textFields.map((name) => (
                  <FormField key={name} label={fields.fields[name]} {...errorOf(name)}>
                    <Input
                      value={draft[name]}
                      autoComplete={false}
                      spellcheck={false}
                      onChange={({ detail }) => edit(name, { ...draft, [name]: detail.value })}
                      onBlur={() => {
                        const value = converted(name, draft[name]);
                        if (value !== draft[name]) setDraft({ ...draft, [name]: value });
                      }}
                    />
                  </FormField>
                ))}
              </ColumnLayout>
            </Container>
            <Container
              header={
                <Header variant="h2" description={t.mailsAdvice}>
                  {t.mails}
                </Header>
              }
            >
              <ColumnLayout columns={2}>
                {view.certificates.map(({ certificateId: id }) => (
                  <FormField key={id} label={nameOf(id)} {...errorOf(id)}>
                    <Input
                      value={draft.mails[id] ?? ""}
                      inputMode="email"
                      autoComplete={false}
                      spellcheck={false}
                      onChange={({ detail }) => edit(id, { ...draft, mails: { ...draft.mails, [id]: detail.value } })}
                    />
                  </FormField>
                ))}
              </ColumnLayout>
            </Container>
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );

  function nameOf(name: string): string {
    const row = view.certificates.find((one) => one.certificateId === name);
    if (row !== undefined) return t.mailOf(codes.devices[row.device], row.certificateEmail);
    return (fields.fields as Readonly<Record<string, string>>)[name] ?? name;
  }
}
