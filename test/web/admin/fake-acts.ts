/** What is done to the rows of the fake API: to one certificate, or to a selection with a result for each. */
import { messageText } from "../../../lambdas/contract/messages.ts";
import type { RefusalKind } from "../../../lambdas/contract/refusals.ts";
import type { Language } from "../../../lambdas/contract/language.ts";
import type { SelectionResults } from "../../../lambdas/contract/selection.ts";
import type { CertificateRow, RevocationReason } from "../../../lambdas/contract/shapes.ts";

type Row = { -readonly [K in keyof CertificateRow]: CertificateRow[K] };
type Asked = { readonly reason: RevocationReason; readonly on?: string | undefined };

export type ActsContext<R extends Row> = {
  readonly now: () => number;
  /** Throws what the API answers for an unknown certificate. */
  readonly find: (certificateId: string) => R;
  readonly shown: (row: R) => CertificateRow;
  /** Certificates whose change is refused for this reason, once. */
  readonly refusals: Map<string, RefusalKind>;
  /** When the mails of each certificate were sent again, oldest first. */
  readonly resent: Map<string, string[]>;
};

export function fakeActs<R extends Row>({ now, find, shown, refusals, resent }: ActsContext<R>) {
  const notRevocable = ({ status }: R): RefusalKind | undefined => {
    if (status === "issuing") return "stillIssuing";
    return status === "revoked" || status === "failed" ? "notLive" : undefined;
  };

  const notResendable = ({ status, notAfter }: R): RefusalKind | undefined => {
    const byStatus = {
      issuing: "resendIssuing",
      failed: "resendFailed",
      revoked: "resendRevoked",
      issued: undefined,
      downloaded: undefined,
    } as const;
    return byStatus[status] ?? (Date.parse(notAfter) < now() ? "resendExpired" : undefined);
  };

  const revoke = (row: R, { reason, on }: Asked): void => {
    // A day is kept as 0:00 in Japan, which is 15:00 UTC of the day before.
    const change = on
      ? { revokeOn: new Date(`${on.replaceAll("/", "-")}T00:00:00+09:00`).toISOString() }
      : { status: "revoked", revokedAt: new Date(now()).toISOString() };
    if (!on) delete row.revokeOn;
    Object.assign(row, change, { revocationReason: reason });
  };
  const cancel = (row: R): void => {
    delete row.revokeOn;
    delete row.revocationReason;
  };

  const resend = ({ certificateId }: R): void => {
    resent.set(certificateId, [...(resent.get(certificateId) ?? []), new Date(now()).toISOString()]);
  };

  const onEach = (
    ids: readonly string[],
    language: Language,
    change: (row: R) => void,
    refusalOf: (row: R) => RefusalKind | undefined = notRevocable,
  ): SelectionResults => ({
    results: ids.map((certificateId) => {
      const row = find(certificateId);
      const code = refusals.get(certificateId) ?? refusalOf(row);
      refusals.delete(certificateId);
      if (code === undefined) change(row);
      const certificate = shown(row);
      return code === undefined
        ? { certificateId, outcome: "done", certificate }
        : {
            certificateId,
            outcome: "refused",
            certificate,
            refusal: { code, message: messageText(code, language, {}) },
          };
    }),
  });
  const onOne = (certificateId: string, change: (row: R) => void): CertificateRow => {
    const row = find(certificateId);
    change(row);
    return shown(row);
  };

  type OfSelection<Body = object> = {
    readonly body: Body & { readonly certificateIds: readonly string[] };
    readonly language: Language;
  };
  type OfOne = { readonly params: { readonly certificateId: string } };
  return {
    revokeCertificates: ({ body, language }: OfSelection<Asked>) =>
      onEach(body.certificateIds, language, (row) => revoke(row, body)),
    cancelRevocations: ({ body, language }: OfSelection) => onEach(body.certificateIds, language, cancel),
    resendNotices: ({ body, language }: OfSelection) => onEach(body.certificateIds, language, resend, notResendable),
    revokeCertificate: ({ params, body }: OfOne & { readonly body: Asked }) =>
      onOne(params.certificateId, (row) => revoke(row, body)),
    cancelRevocation: ({ params }: OfOne) => onOne(params.certificateId, cancel),
  };
}
