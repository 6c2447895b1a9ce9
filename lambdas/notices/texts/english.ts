import type { NoticeFacts } from "./facts.ts";
import { japanDate, japanTime } from "./japan-time.ts";
import { type Addressed, devices, greeting, listed, sender } from "./english-words.ts";
import { englishImports } from "./english-imports.ts";
import { englishRevocations } from "./english-revocations.ts";
import { heading, link, type Part, steps, terms, warning, words } from "./layout.ts";
import type { Wording } from "./wording.ts";

const subjects = {
  "administrator-download": "Please download your administrator certificate",
  "administrator-credential": "Your sign-in ID and password (certificate download page)",
  "subscriber-download": "Please install your certificate and its private key",
  "subscriber-credential": "Your sign-in ID and password (private key installation page)",
  revocation: "Certificates were revoked",
  "revocation-planned": "A revocation is planned",
  "revocation-cancelled": "A planned revocation was cancelled",
  "revocation-done": "Certificates were revoked as planned",
  "credential-shown": "An ID and password were displayed",
  "import-register": "Your registration file is done",
  "import-register-errors": "Your registration file has errors",
  "import-revoke": "Your revocation file is done",
  "import-revoke-errors": "Your revocation file has errors",
  "import-package": "The certificates of your file can be downloaded",
} as const;

type OfCertificate = NoticeFacts["subscriber-credential" | "subscriber-download"];

const certificateTerms = ({ device, notAfter }: OfCertificate) =>
  terms("Certificate", [
    ["Device", devices[device]],
    ["Valid until", `${japanDate(notAfter)} (Japan time)`],
  ]);
const until = ({ days }: OfCertificate) =>
  `You have ${days} days from this mail. After that the certificate has to be arranged for again.`;
const keepSecret = warning("*", "Do not tell anybody the ID and the password, and do not forward them by mail.");

const askAdministrator = words(
  "If you did not expect this mail, please do not open the link and tell your company’s administrator.",
);
const askProvider = ({ brand }: Addressed) =>
  words(`If you did not expect this mail, please do not open the link and tell the provider of ${brand}.`);

/** How both kinds of holder come to their file; what follows differs. */
const fetching = (facts: OfCertificate, credentialSubject: string, then: readonly string[]) =>
  steps(
    `Open the link in the other mail, “${credentialSubject}”, and read your ID and password.`,
    `On the device that will use the certificate (${devices[facts.device]}), open the certificate download page below.`,
    "Enter ID and password and press “Sign in”.",
    "Press “Download certificate” and install it as the page describes. You enter the same password once more while installing.",
    ...then,
  );

function credentialParts(facts: NoticeFacts["subscriber-credential"], other: string, ask: Part): Part[] {
  return [
    greeting(facts),
    words(
      `This mail leads you to the ID and the password that you need to download and install your ${facts.brand} certificate. For your safety they are not in the mail itself.`,
    ),
    certificateTerms(facts),
    heading("What to do"),
    steps(
      "Open the ID and password page below.",
      "Press “Show ID and password” and read them.",
      `Open the certificate download page that is in the other mail, “${other}”, and sign in.`,
    ),
    link("ID and password page", facts.noticeUrl),
    warning("*", "You need the password again when you install the certificate. Please keep it at hand."),
    keepSecret,
    heading("Until when ID and password are shown"),
    words(until(facts)),
    heading("If you did not expect this"),
    ask,
    sender(facts),
  ];
}

/** The English mails. */
export const english: Wording = {
  subjects,
  parts: {
    "administrator-download": (facts) => [
      greeting(facts),
      words(
        `Thank you for using ${facts.brand}.\nYour administrator certificate has been issued. You need it to sign in to the ${facts.brand} administration site. Please download it and install it on your PC.`,
      ),
      certificateTerms(facts),
      heading("What to do"),
      fetching(facts, subjects["administrator-credential"], [
        "Open the administration site in Microsoft Edge or Google Chrome and choose the administrator certificate that you installed.",
      ]),
      link("Certificate download page", facts.downloadUrl),
      link("Administration site", facts.adminUrl),
      warning("*", "Keep the downloaded file safe and do not hand it to anybody."),
      heading("Until when ID and password are shown"),
      words(until(facts)),
      heading("If you did not expect this"),
      askProvider(facts),
      sender(facts),
    ],
    "administrator-credential": (facts) =>
      credentialParts(facts, subjects["administrator-download"], askProvider(facts)),
    "subscriber-download": (facts) => [
      greeting(facts),
      words(
        `A certificate of ${facts.companyName} has been issued to you. Please install the certificate and its private key on your device.`,
      ),
      certificateTerms(facts),
      heading("What to do"),
      fetching(facts, subjects["subscriber-credential"], []),
      link("Certificate download page", facts.downloadUrl),
      warning("*", "The private key proves that you are you. Do not hand the downloaded file to anybody."),
      heading("Until when ID and password are shown"),
      words(until(facts)),
      heading("If you did not expect this"),
      askAdministrator,
      sender(facts),
    ],
    "subscriber-credential": (facts) => credentialParts(facts, subjects["subscriber-download"], askAdministrator),
    ...englishRevocations,
    ...englishImports,
    "credential-shown": (facts) => [
      greeting(facts),
      words(
        `The download ID and password of the following certificates were displayed (${facts.certificates.length}).`,
      ),
      terms("What happened", [
        ["Displayed by", facts.actedBy],
        ["At", `${japanTime(facts.shownAt)} (Japan time)`],
      ]),
      ...facts.certificates.map((one) => listed(one)),
      heading("What to do"),
      steps(
        "Check that there was a reason for it. If so, there is nothing else to do.",
        "If it looks suspicious, revoke the certificates on the administration site at once.",
      ),
      link("Administration site", facts.adminUrl),
      heading("If you did not expect this"),
      words(`Please ask whoever did it at once, and tell the provider of ${facts.brand}.`),
      sender(facts),
    ],
  },
};
