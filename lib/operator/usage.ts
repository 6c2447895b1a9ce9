import { importOperations } from "../../lambdas/contract/imports.ts";
import { contractableOptions } from "../../lambdas/contract/shapes.ts";

/** Options that print the usage. A value never begins with `--`. */
export const asksForHelp = (typed: readonly string[]): boolean =>
  typed[0] === "help" || typed[0] === "-h" || typed.includes("--help");

const commandLines = `  tenant create --name … --english-name … [--language ja|en]
  tenant update --tenant T [--name …] [--english-name …] [--language ja|en]
  tenant list
  tenant show --tenant T
  service create --tenant T --name … [SERVICE OPTIONS]
  service update --service S [--name …] [SERVICE OPTIONS]
  organization create --tenant T --name …
  domain claim --tenant T --domain example.jp [--kind mail|upn]
  domain share --domain gmail.com [--kind mail|upn]
  domain release --domain example.jp [--kind mail|upn] | --o "Reiwa Trust"
  domain list [--tenant T]
  administrator create --tenant T --name … --english-name … --email … [--language ja|en]
  administrator list [--tenant T]
  administrator resend --administrator A
  administrator reissue --administrator A [--now]
  administrator revoke --administrator A
  certificate list --tenant T [--service S] [--email E] [--status issuing|issued|downloaded|revoked|failed]
  certificate show --certificate C [--pem]
  certificate resend --certificate C
  credential show --certificate C
  import --tenant T --service S --operation ${importOperations.join("|")} --file f.csv [--organization 本社] [--bulk-download]
         [--on yyyy/mm/dd] [--dry-run] [--wait]
  import show --job J
  import stop --job J
  import package --job J
  audit list --tenant T|operation [--from ISO] [--to ISO]
  audit verify [--from yyyy-mm-dd]
  nightly run [--at 2026-04-01T00:00:00+09:00]
  crl publish
  health
  help`;

const serviceOptions = `SERVICE OPTIONS
  --options a,b,…                            any of ${contractableOptions.join(", ")}
  --issuing | --no-issuing                   whether subscribers may be added and deleted
  --licences N                               certificates in force at the same time
  --key auto|rsa2048|rsa3072|p256            the holders' keys; auto follows how long they last
  --pkcs12 auto|modern|legacy                the form of the files; auto is the one that each device opens
  --validity-months N                        1 to 120
  --allow-o a,b,…                            organizations that a subject may name beside the company's own
  --allow-own-o                              takes that list away: the company's own alone
  --allow-mail-domain a,b,…                  domains of mail addresses; a service without has no bulk download
  --allow-any-mail-domain                    takes that list away: any address that gets the mails
  --allow-upn a,b,…                          suffixes of principal names; none where none is listed
  --allow-no-upn                             takes that list away`;

const everyCommand = `For every command
  --json                                     one JSON value on stdout
  --data DIR                                 the local run with this data folder; without it AWS, by the usual environment
  --stack NAME                               the stack on AWS (default Warifu)

Exit code: 0 done, 1 refused (the reason is on stderr), 2 not understood.
`;

const page = (...parts: readonly string[]): string =>
  ["npm run operator -- COMMAND --name value …", ...parts].join("\n\n");

/** The usage: all commands and their options. */
export const usage = page(commandLines, serviceOptions, everyCommand);

/** The usage of the commands that begin with these words; of all when there is none. */
export function usageOf(words: readonly string[]): string {
  const asked = `  ${words.join(" ")}`;
  // A line that is indented further belongs to the command above it.
  const entries = commandLines.split(/\n(?=  \S)/);
  const found = entries.filter((entry) => entry === asked || entry.startsWith(`${asked} `));
  if (words.length === 0 || found.length === 0) return usage;
  const options = found.some((entry) => entry.includes("[SERVICE OPTIONS]")) ? [serviceOptions] : [];
  return page(found.join("\n"), ...options, everyCommand);
}
