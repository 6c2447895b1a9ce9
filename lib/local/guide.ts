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
  // From WSL: Windows' own programs, given paths as Windows writes them.
  const windows = [
    `certutil.exe -user -addstore Root "$(wslpath -w "${serverCaPem}")"`,
    ...(admin
      ? [`certutil.exe -user -p "$(cat "${admin.p12}.password")" -importpfx "$(wslpath -w "${admin.p12}")" NoRoot`]
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
    "    Windows (Edge, Chrome), from WSL:",
    ...indented(windows),
    "    Chromium (libnss3-tools; a snap has a folder of its own: use chrome://settings/certificates there):",
    ...indented(chromium),
    "    Firefox:",
    ...indented(firefox),
    "    macOS:",
    ...indented(macos),
    "",
    "  The browser asks which certificate to present. After a wrong choice, close all its windows and open the page again.",
    "  Ctrl-C stops; the data stay, and the next start goes on with them.",
    ...notes.flatMap((note) => ["", `  note: ${note}`]),
    "",
  ].join("\n");
}
