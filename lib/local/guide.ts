import { dirname } from "node:path";
import type { Running } from "./run.ts";

/** Text for the terminal: what to open, and how to import the certificates into a browser. */
export function guide({
  endpoints,
  endpointsPath,
  notes,
}: Pick<Running, "endpoints" | "endpointsPath" | "notes">): string {
  const { adminUrl, downloadUrl, repositoryUrl, mailUrl, serverCaPem, admin } = endpoints;
  const chromium = [
    `mkdir -p ~/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n "warifu local" -i "${serverCaPem}"`,
    ...(admin ? [`pk12util -d sql:$HOME/.pki/nssdb -i "${admin.p12}" -w "${admin.p12}.password"`] : []),
  ];
  const macos = [
    `security add-trusted-cert -p ssl -k ~/Library/Keychains/login.keychain-db "${serverCaPem}"`,
    ...(admin
      ? [`security import "${admin.p12}" -k ~/Library/Keychains/login.keychain-db -P "$(cat "${admin.p12}.password")"`]
      : []),
  ];
  const firefox = [
    "Settings → Privacy & Security → Certificates → View Certificates",
    `Authorities → Import… "${serverCaPem}" (trust it for websites)`,
    ...(admin ? [`Your Certificates → Import… "${admin.p12}" (password: in ${admin.p12}.password)`] : []),
  ];
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `      ${line}`);
  return [
    "",
    `  administrators   ${adminUrl}${admin ? "" : "   (no administrator yet: npm run operator -- administrator create …)"}`,
    `  downloads        ${downloadUrl}`,
    `  repository       ${repositoryUrl}`,
    `  mailbox          ${mailUrl}`,
    `  everything else  ${endpointsPath}`,
    `  logs             ${dirname(endpointsPath)}/logs`,
    "",
    "  Nothing is installed for you. Once per browser, import the server CA (good for these two hosts alone)",
    `  ${admin ? "and the demo administrator's certificate:" : "and, later, an administrator's certificate:"}`,
    "    Chromium (libnss3-tools):",
    ...indented(chromium),
    "    Firefox:",
    ...indented(firefox),
    "    macOS:",
    ...indented(macos),
    ...notes.flatMap((note) => ["", `  note: ${note}`]),
    "",
  ].join("\n");
}
