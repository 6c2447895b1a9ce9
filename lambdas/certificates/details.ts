import type { Language } from "../contract/language.ts";
import { type CertificateDetails, type HistoryAction, type HistoryLine, revocationReason } from "../contract/shapes.ts";
import type { Actor, AuditLine } from "../transaction/audit.ts";
import type { Certificate } from "./certificate.ts";
import type { Material } from "./material.ts";
import { certificateView } from "./view.ts";

/** What the audit's actions are in a certificate's history; others are no part of it. */
const actions = new Map<string, HistoryAction>([
  ["subscriber.register", "registered"],
  ["certificate.issue", "issued"],
  ["certificate.fail", "failed"],
  ["credential.reveal", "revealed"],
  ["credential.show", "shown"],
  ["certificate.download", "downloaded"],
  ["certificate.resend", "resent"],
  ["subscriber.change", "edited"],
  ["certificate.planRevocation", "revocationPlanned"],
  ["certificate.changeRevocation", "revocationChanged"],
  ["certificate.cancelRevocation", "revocationCancelled"],
  ["certificate.revoke", "revoked"],
  ["key.destroy", "keyDestroyed"],
]);

/** A subscriber's certificate in full. `lines` are the audit's about it and about its subscriber, in any order. */
export function certificateDetails(
  { certificate, material }: { readonly certificate: Certificate; readonly material: Material | undefined },
  lines: readonly AuditLine[],
  language: Language,
): CertificateDetails {
  const { holder, subject, state } = certificate;
  if (holder.kind !== "subscriber") throw new Error("an administrator's certificate has no details here");
  const keyDestroyedAt = material?.destroyedAt ?? certificate.keyEndsAt;
  return {
    row: certificateView(certificate, language),
    serviceId: holder.serviceId,
    organizationId: holder.organizationId,
    subject: [
      { name: "E", value: certificate.certificateEmail },
      { name: "CN", value: subject.commonName },
      ...subject.organizationalUnits.map((value) => ({ name: "OU", value }) as const),
      { name: "O", value: subject.organization },
      { name: "C", value: "JP" },
    ],
    key: certificate.key,
    requestedAt: certificate.requestedAt,
    ...("issuedAt" in state ? { issuedAt: state.issuedAt } : {}),
    ...("downloadedAt" in state ? { downloadedAt: state.downloadedAt } : {}),
    ...(certificate.principalName === undefined ? {} : { principalName: certificate.principalName }),
    ...(certificate.linkId === undefined ? {} : { linkId: certificate.linkId }),
    ...(certificate.importRow === undefined ? {} : { importJobId: certificate.importRow.jobId }),
    ...(keyDestroyedAt === undefined ? {} : { keyDestroyedAt }),
    history: lines
      .flatMap((line) => historyLine(certificate, line))
      .toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0)),
  };
}

/** A line of the audit as one of the history; none where it is about another certificate, or no part of a history. */
function historyLine(
  { certificateId }: Certificate,
  { at, action, actor, subject, facts = {} }: AuditLine,
): HistoryLine[] {
  const known = actions.get(action);
  const registered = String(facts["certificates"] ?? "").split(" ");
  if (known === undefined || (subject !== certificateId && !registered.includes(certificateId))) return [];
  const on = facts["on"] ?? facts["due"];
  const reason = revocationReason.safeParse(facts["reason"]);
  return [
    {
      at,
      action: known,
      actor: actorView(actor),
      ...(on === undefined ? {} : { on: String(on) }),
      ...(reason.success ? { reason: reason.data } : {}),
    },
  ];
}

/** Where an administrator works from is the audit's alone. */
function actorView(actor: Actor): HistoryLine["actor"] {
  switch (actor.kind) {
    case "administrator":
      return { kind: actor.kind, name: actor.name };
    case "holder":
      return { kind: actor.kind, address: actor.address };
    case "operator":
    case "system":
      return { kind: actor.kind };
  }
}
