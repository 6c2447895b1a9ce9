import { faultOf } from "../../../lambdas/contract/text.ts";
import { type SubscriberView, subscriberChange } from "../../../lambdas/contract/shapes.ts";
import type { FieldError } from "../registration/draft.ts";
import { type TextField, textFields } from "../registration/draft.ts";

/** What has been typed: the person's fields, and by certificate where its mails are to go. */
export type EditDraft = Readonly<Record<TextField, string>> & { readonly mails: Readonly<Record<string, string>> };

/** A place on the form: a field of the person, or a certificate's mail by its id. */
export type EditErrors = Readonly<Record<string, FieldError>>;

export const draftOf = (view: SubscriberView): EditDraft => ({
  familyName: view.familyName,
  givenName: view.givenName,
  familyNameKana: view.familyNameKana,
  givenNameKana: view.givenNameKana,
  familyNameEnglish: view.familyNameEnglish,
  givenNameEnglish: view.givenNameEnglish,
  primaryEmail: view.primaryEmail,
  mails: Object.fromEntries(
    view.certificates.map((row) => [row.certificateId, row.deviceEmail ?? row.certificateEmail]),
  ),
});

const bodyOf = ({ revision }: SubscriberView, { mails, ...person }: EditDraft) => ({
  ...person,
  revision,
  devices: Object.entries(mails).map(([certificateId, email]) => ({ certificateId, email })),
});

/** The change as the server will read it, or what is wrong where. */
export function checkEdit(view: SubscriberView, draft: EditDraft) {
  const body = bodyOf(view, draft);
  const read = subscriberChange.safeParse(body);
  const errors: Record<string, FieldError> = {};
  for (const issue of read.error?.issues ?? []) {
    const [name, at] = issue.path;
    const field = name === "devices" ? (body.devices[Number(at)]?.certificateId ?? "") : String(name);
    errors[field] ??= faultOf(issue);
  }
  return { change: read.success ? read.data : undefined, errors };
}

/** What differs: the field or certificate, before and after. */
export function differences(view: SubscriberView, draft: EditDraft) {
  const before = draftOf(view);
  const fields = textFields.map((name) => ({ name: name as string, from: before[name], to: draft[name] }));
  const mails = Object.entries(draft.mails).map(([name, to]) => ({ name, from: before.mails[name] ?? "", to }));
  return [...fields, ...mails].filter(({ from, to }) => from !== to);
}
