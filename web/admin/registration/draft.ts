import { type Device, deviceCodes } from "../../../lambdas/contract/fields.ts";
import { faultOf } from "../../../lambdas/contract/text.ts";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import { periodKind, readPeriod } from "../../../lambdas/contract/period.ts";
import type { Problem } from "../../../lambdas/contract/problem.ts";
import type { BodyInput } from "../../../lambdas/contract/route.ts";
import type { Facts, Language } from "../../../lambdas/contract/language.ts";
import { type MessageCode, messageText } from "../../../lambdas/contract/messages.ts";
import { type Registration, registration, type ServiceOption } from "../../../lambdas/contract/shapes.ts";
import {
  givenValues,
  isOrderField,
  noValues,
  openFields,
  type OrderField,
  type OrderValues,
} from "../options/fields.ts";
import { deviceOrder } from "../words.ts";

/** The text fields of a person, in the order of the form. */
export const textFields = [
  "familyName",
  "givenName",
  "familyNameKana",
  "givenNameKana",
  "familyNameEnglish",
  "givenNameEnglish",
  "primaryEmail",
] as const;
export type TextField = (typeof textFields)[number];

export type DeviceDraft = OrderValues & { readonly chosen: boolean };

/** What has been typed so far, right or wrong. */
export type Draft = Readonly<Record<TextField, string>> & { readonly devices: Readonly<Record<Device, DeviceDraft>> };

/** A place on the form that an error can stand at. */
export type FieldName = TextField | "devices" | Device | `${Device}.${OrderField}`;

/** A broken rule by its code; a server's refusal brings its own message. */
export type FieldError =
  | { readonly code: MessageCode; readonly facts?: Facts | undefined }
  | { readonly code: string; readonly message: string };
export type FieldErrors = Readonly<Partial<Record<FieldName, FieldError>>>;

const untouched: DeviceDraft = { ...noValues, chosen: false };

export const emptyDraft: Draft = {
  familyName: "",
  givenName: "",
  familyNameKana: "",
  givenNameKana: "",
  familyNameEnglish: "",
  givenNameEnglish: "",
  primaryEmail: "",
  devices: { "01": untouched, "11": untouched, "12": untouched, "20": untouched, "99": untouched },
};

/** Whether two drafts hold the same input. */
export const isSameDraft = (one: Draft, other: Draft): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

const inOrder = (draft: Draft) => [
  ...textFields.map((name) => draft[name]),
  deviceCodes.map((code) => draft.devices[code]),
];

/** The person as called in the reader's language. */
export const spelledIn = (language: Language, draft: Draft): string =>
  language === "ja" ? `${draft.familyName} ${draft.givenName}` : `${draft.familyNameEnglish} ${draft.givenNameEnglish}`;

/**
 * What was typed into a field as it will be registered, where it keeps its rule: kana in full-width katakana, the
 * English name in half-width letters.
 */
export function converted(name: TextField, typed: string): string {
  const read = registration.shape[name].safeParse(typed);
  return read.success ? read.data : typed;
}

/** The same person again, for further devices. */
export const withoutDevices = (draft: Draft): Draft => ({ ...draft, devices: emptyDraft.devices });

const chosenDevices = (draft: Draft): readonly Device[] => deviceOrder.filter((code) => draft.devices[code].chosen);

/** The body that this draft would be sent as. */
function orderOf(draft: Draft, options: readonly ServiceOption[]): BodyInput<AdminRoutes["registerSubscriber"]> {
  const { devices: _, ...person } = draft;
  return {
    ...person,
    devices: chosenDevices(draft).map((device) => ({ device, ...givenValues(options, draft.devices[device]) })),
  };
}

/** The registration when every field holds, else what is wrong where. */
export type Checked =
  | { readonly registration: Registration; readonly errors: Record<string, never> }
  | { readonly registration: undefined; readonly errors: FieldErrors };

/** Checks the draft by the contract's shape, and the periods by the server's own rules as far as the clock knows them. */
export function check(draft: Draft, options: readonly ServiceOption[], now: Date): Checked {
  const result = registration.safeParse(orderOf(draft, options));
  const errors: Partial<Record<FieldName, FieldError>> = {};
  for (const issue of result.error?.issues ?? [])
    errors[fieldAt(issue.path.join("."), draft) ?? "devices"] ??= faultOf(issue);
  for (const device of periodKind(options) === "none" ? [] : chosenDevices(draft))
    for (const { part, code } of readPeriod(options, draft.devices[device], now).faults)
      errors[`${device}.${part}`] ??= { code };
  return result.success && Object.keys(errors).length === 0
    ? { registration: result.data, errors: {} }
    : { registration: undefined, errors };
}

/** Where a path of the body (`familyName`, `devices.0`, `devices.0.to`) is on the form; `undefined` when nowhere. */
function fieldAt(path: string, draft: Draft): FieldName | undefined {
  const [name, index, part] = path.split(".");
  if (name !== "devices") return textFields.find((field) => field === name);
  const device = chosenDevices(draft)[Number(index)];
  if (device === undefined) return "devices";
  return isOrderField(part) ? `${device}.${part}` : device;
}

/** What the server refused: at fields of the form, and in sentences that belong to none of them. */
export type Refusals = { readonly errors: FieldErrors; readonly elsewhere: readonly string[] };
export const noRefusals: Refusals = { errors: {}, elsewhere: [] };

/** The server's refusal field by field; `elsewhere` holds what belongs to no field of the form as it is shown. */
export function errorsOfProblem(problem: Problem, draft: Draft, options: readonly ServiceOption[]): Refusals {
  const open = openFields(options);
  const isShown = (name: FieldName) => !name.includes(".") || open.some((field) => name.endsWith(`.${field}`));
  const errors: Partial<Record<FieldName, FieldError>> = {};
  const elsewhere: string[] = [];
  for (const { field, code, message } of problem.errors ?? []) {
    const name = fieldAt(field, draft);
    if (name && isShown(name)) errors[name] ??= { code, message };
    else elsewhere.push(message);
  }
  return { errors, elsewhere };
}

/** An error in words; the server's own may say more than its rule does (the names that differ, the count). */
export const errorText = (error: FieldError, language: Language): string =>
  "message" in error ? error.message : messageText(error.code, language, error.facts);
