import type { NoticeFacts } from "./facts.ts";
import { greeting, listed, reasons, sender } from "./english-words.ts";
import { japanDate, japanTime } from "./japan-time.ts";
import { heading, link, type Part, steps, words } from "./layout.ts";
import type { Wording } from "./wording.ts";

type Revocations = "revocation" | "revocation-planned" | "revocation-cancelled" | "revocation-done";
type Revoked = NoticeFacts["revocation-done"]["certificates"];

const revoked = (certificates: Revoked): Part[] =>
  certificates.map((one) =>
    listed(one, [
      ["Revoked at", `${japanTime(one.revokedAt)} (Japan time)`],
      ["Reason", reasons[one.reason]],
    ]),
  );
const effect: readonly Part[] = [
  heading("When it takes effect"),
  words(
    "The revocation list (CRL) normally carries a revocation within a minute. Servers and VPN devices refuse the certificate from the next time they fetch the list.",
  ),
];
const unexpected = (brand: string): Part[] => [
  heading("If you did not expect this"),
  words(`Please ask whoever did it at once, and if it looks suspicious, tell the provider of ${brand}.`),
];

/** The mails about revocations: done, planned, cancelled, and done as planned. */
export const englishRevocations: Pick<Wording["parts"], Revocations> = {
  revocation: (facts) => [
    greeting(facts),
    words(
      `The following certificates were revoked (${facts.certificates.length}). They can no longer be used, and this cannot be undone.`,
    ),
    words(`Revoked by: ${facts.actedBy}`),
    ...revoked(facts.certificates),
    heading("What to do"),
    steps(
      "Open the administration site and check that the right certificates were revoked.",
      "Arrange a new certificate for whoever still needs one.",
    ),
    link("Administration site", facts.adminUrl),
    ...effect,
    ...unexpected(facts.brand),
    sender(facts),
  ],
  "revocation-planned": (facts) => [
    greeting(facts),
    words(
      `The revocation of the following certificates (${facts.certificates.length}) was accepted for ${japanDate(facts.on)}. They will be revoked at 0:00 of that day, Japan time, and can be used until then.`,
    ),
    words(`Asked for by: ${facts.actedBy}`),
    ...facts.certificates.map((one) =>
      listed(one, [
        ["Will be revoked on", japanDate(facts.on)],
        ["Reason", reasons[facts.reason]],
      ]),
    ),
    heading("What to do"),
    steps(
      "Open the administration site and check the certificates and the day.",
      "Until then the day can be changed, and the revocation cancelled, on the administration site.",
      "A revocation cannot be undone. Arrange a new certificate for whoever still needs one.",
    ),
    link("Administration site", facts.adminUrl),
    ...unexpected(facts.brand),
    sender(facts),
  ],
  "revocation-cancelled": (facts) => [
    greeting(facts),
    words(
      `The revocation of the following certificates (${facts.certificates.length}), planned for ${japanDate(facts.on)}, was cancelled. They can still be used.`,
    ),
    words(`Cancelled by: ${facts.actedBy}`),
    ...facts.certificates.map((one) => listed(one, [["Was planned for", japanDate(facts.on)]])),
    heading("What to do"),
    steps(
      "Open the administration site and check that the right plans were cancelled.",
      "A certificate that must be revoked after all can be revoked there again.",
    ),
    link("Administration site", facts.adminUrl),
    ...unexpected(facts.brand),
    sender(facts),
  ],
  "revocation-done": (facts) => [
    greeting(facts),
    words(
      `Certificates were revoked as planned (${facts.count}). They can no longer be used, and this cannot be undone.`,
    ),
    ...revoked(facts.certificates),
    ...(facts.count > facts.certificates.length
      ? [words(`${facts.count - facts.certificates.length} more are in the list on the administration site.`)]
      : []),
    heading("What to do"),
    steps(
      "Open the administration site and check that the right certificates were revoked.",
      "Arrange a new certificate for whoever still needs one.",
    ),
    link("Administration site", facts.adminUrl),
    ...effect,
    heading("If you did not expect this"),
    words(
      `Look at the mail that told you when the revocation was accepted, and if it looks suspicious, tell the provider of ${facts.brand}.`,
    ),
    sender(facts),
  ],
};
