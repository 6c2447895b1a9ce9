import { greeting, sender } from "./english-words.ts";
import type { NoticeFacts, OfImport } from "./facts.ts";
import { japanDate } from "./japan-time.ts";
import { heading, link, type Part, steps, terms, warning, words } from "./layout.ts";
import type { Wording } from "./wording.ts";

type Imports = Extract<keyof NoticeFacts, `import-${string}`>;

const file = (facts: OfImport, what: string) =>
  terms("CSV file", [
    ["File name", facts.fileName],
    ["Uploaded by", facts.actedBy],
    ["Rows", String(facts.rows)],
    [what, String(facts.done)],
    ...(facts.skipped > 0 ? ([["Nothing left to do", String(facts.skipped)]] as const) : []),
    ["Errors", String(facts.failed)],
    ...(facts.on === undefined ? [] : ([["To be revoked on", `${japanDate(facts.on)} 0:00 (Japan time)`]] as const)),
  ]);
const causes = (facts: OfImport): Part[] => [
  heading("What was wrong"),
  words(facts.causes.join("\n")),
  ...(facts.errors > facts.causes.length
    ? [words(`${facts.errors - facts.causes.length} more are listed on the administration site.`)]
    : []),
];
const place = (facts: OfImport) => link("The file on the administration site", facts.importUrl);
const unexpected = (facts: OfImport): Part[] => [
  heading("If you did not expect this"),
  words(`Please ask whoever did it at once, and if it looks suspicious, tell the provider of ${facts.brand}.`),
  sender(facts),
];
/** A file that was refused as a whole has no rows. */
const failedFile = (facts: OfImport, what: string, refused: string, partly: string): Part[] => [
  greeting(facts),
  words(facts.rows === 0 ? refused : partly),
  ...(facts.rows === 0
    ? [
        terms("CSV file", [
          ["File name", facts.fileName],
          ["Uploaded by", facts.actedBy],
        ]),
      ]
    : [file(facts, what)]),
  ...causes(facts),
  heading("What to do"),
  facts.rows === 0
    ? steps("Correct the CSV file.", "Upload the corrected file again.")
    : steps(
        "Look at the rows with errors. All other rows are done.",
        "Handle the rows with errors once more, and only those.",
      ),
  place(facts),
  ...unexpected(facts),
];

/** What administrators hear when a file has come to its end. */
export const englishImports: Pick<Wording["parts"], Imports> = {
  "import-register": (facts) => [
    greeting(facts),
    words("All subscribers of your CSV file are registered."),
    file(facts, "Certificates issued"),
    words(
      facts.bulkDownload
        ? "No mails went to the subscribers. Another mail to you leads to the download of all certificates."
        : "The subscribers were sent the mails that they need for downloading their certificates.",
    ),
    heading("What to do"),
    steps(
      "Open the address below and check the number of rows.",
      "Look at the new subscribers and their certificates in the list on the administration site.",
    ),
    place(facts),
    ...unexpected(facts),
  ],
  "import-register-errors": (facts) =>
    failedFile(
      facts,
      "Certificates issued",
      "Your CSV file has errors and was not accepted. Nobody was registered.",
      "Your CSV file is done, but some of its rows could not be registered.",
    ),
  "import-revoke": (facts) => [
    greeting(facts),
    words(
      facts.on === undefined
        ? "The certificates of your CSV file were revoked. They can no longer be used, and this cannot be undone."
        : "The revocations of your CSV file are planned. Until that day the certificates can be used.",
    ),
    file(facts, facts.on === undefined ? "Rows revoked" : "Rows planned"),
    heading("What to do"),
    steps(
      "Open the address below and check the number of rows.",
      facts.on === undefined
        ? "Arrange a new certificate for whoever still needs one."
        : "Until that day each revocation can be changed or cancelled in the list on the administration site.",
    ),
    place(facts),
    ...(facts.on === undefined
      ? [
          heading("When it takes effect"),
          words("The revocation list (CRL) normally carries a revocation within a minute."),
        ]
      : []),
    ...unexpected(facts),
  ],
  "import-revoke-errors": (facts) =>
    failedFile(
      facts,
      facts.on === undefined ? "Rows revoked" : "Rows planned",
      "Your CSV file has errors and was not accepted. Nothing was revoked.",
      "Your CSV file is done, but some of its rows could not be revoked.",
    ),
  "import-package": (facts) => [
    greeting(facts),
    words("The certificates of your CSV file can now be downloaded together."),
    file(facts, "Certificates issued"),
    heading("What to do"),
    steps(
      "Open the address below on the PC with your administrator certificate.",
      "Press “Download all certificates” and save the ZIP file. For each certificate it holds the certificate file (.P12) and its password (.PIN).",
    ),
    place(facts),
    warning(
      "*",
      "The ZIP file holds private keys and passwords. Keep it safe, and delete it when they are handed out. It can be downloaded for seven days.",
    ),
    ...unexpected(facts),
  ],
};
