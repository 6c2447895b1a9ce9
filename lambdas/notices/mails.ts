import { administratorCredential } from "./mails/administrator-credential.ts";
import { administratorDownload } from "./mails/administrator-download.ts";
import { administratorRevoked } from "./mails/administrator-revoked.ts";
import { credentialShown } from "./mails/credential-shown.ts";
import { importPackage } from "./mails/import-package.ts";
import { importRegisterErrors } from "./mails/import-register-errors.ts";
import { importRegisterStopped } from "./mails/import-register-stopped.ts";
import { importRegister } from "./mails/import-register.ts";
import { importRevokeErrors } from "./mails/import-revoke-errors.ts";
import { importRevokeStopped } from "./mails/import-revoke-stopped.ts";
import { importRevoke } from "./mails/import-revoke.ts";
import { packageTaken } from "./mails/package-taken.ts";
import type { ActGiven, CredentialGiven, DownloadGiven, Mail } from "./mails/mail.ts";
import { revocationCancelled } from "./mails/revocation-cancelled.ts";
import { revocationDone } from "./mails/revocation-done.ts";
import { revocationPlanned } from "./mails/revocation-planned.ts";
import { revocation } from "./mails/revocation.ts";
import { subscriberCredential } from "./mails/subscriber-credential.ts";
import { subscriberDownload } from "./mails/subscriber-download.ts";

type AnyMail =
  | ({ readonly audience: "holder"; readonly leadsTo: "download" } & Mail<DownloadGiven>)
  | ({ readonly audience: "holder"; readonly leadsTo: "credential" } & Mail<CredentialGiven>)
  | ({ readonly audience: "administrators" } & Mail<never>);

/** Every mail by its kind. A mail is one file of `mails/`, its line here and the verb that sends it. */
export const mails = {
  "administrator-download": administratorDownload,
  "administrator-credential": administratorCredential,
  "subscriber-download": subscriberDownload,
  "subscriber-credential": subscriberCredential,
  revocation,
  "revocation-planned": revocationPlanned,
  "revocation-cancelled": revocationCancelled,
  "revocation-done": revocationDone,
  "administrator-revoked": administratorRevoked,
  "credential-shown": credentialShown,
  "package-taken": packageTaken,
  "import-register": importRegister,
  "import-register-errors": importRegisterErrors,
  "import-register-stopped": importRegisterStopped,
  "import-revoke": importRevoke,
  "import-revoke-errors": importRevokeErrors,
  "import-revoke-stopped": importRevokeStopped,
  "import-package": importPackage,
} as const satisfies Readonly<Record<string, AnyMail>>;

type Mails = typeof mails;
export type NoticeKind = keyof Mails;
/** The kinds that go to a certificate's holder, and those that go to administrators. */
export type HolderKind = { [K in NoticeKind]: Mails[K]["audience"] extends "holder" ? K : never }[NoticeKind];
export type AdministratorsKind = Exclude<NoticeKind, HolderKind>;

export type GivenOf<K extends NoticeKind> = Mails[K] extends Mail<infer Given> ? Given : never;

/** What a kind says beyond the act itself; `undefined` where that is all. */
export type ToldOf<K extends AdministratorsKind> = GivenOf<K> extends ActGiven<infer Told> ? Told : never;
