import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { environments } from "../../../lambdas/environment.ts";

/** A folder of sources as small as the build takes them: every entry and both sites. */
export function smallSources(changes: Readonly<Record<string, string | undefined>> = {}) {
  const root = mkdtempSync(join(tmpdir(), "warifu-build-"));
  const page = "<html><head><!-- assets --></head></html>";
  const files: Record<string, string | undefined> = {
    ...Object.fromEntries(
      Object.keys(environments).map((entry) => [
        `lambdas/${entry}.ts`,
        `import { createHash } from "node:crypto";\nexport const handler = () => createHash("sha256").update("${entry}").digest("hex");`,
      ]),
    ),
    "web/admin/index.html": page,
    "web/admin/main.tsx": `import "./site.css";\nvoid import("./later.ts").then((later) => later.show());`,
    "web/admin/site.css": ".first { color: #010203 }",
    "web/admin/later.ts": `import "./later.css";\nexport const show = () => console.log("later");`,
    "web/admin/later.css": ".second { color: #040506 }",
    "web/download/index.html": page,
    "web/download/main.ts": `import "./style.css";\nconsole.log("download");`,
    "web/download/style.css": "body { margin: 0 }",
    "web/tsconfig.json": "{}",
    "lib/build/note": "",
    "package-lock.json": "{}",
    "tsconfig.json": "{}",
    ...changes,
  };
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) if (content !== undefined) write(path, content);
  return { root, write, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}
