import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { OperatorAnswer } from "../../lambdas/operator/run.ts";
import { Usage } from "./command-line.ts";

type Options = Readonly<Record<string, string | boolean>>;
/** Calls the operator function. */
export type Call = (command: readonly string[], options: Options) => Promise<OperatorAnswer>;
/** Also a refused file has a result. */
export type ImportAnswer =
  | OperatorAnswer
  | { readonly ok: false; readonly usage: false; readonly message: string; readonly result: object };

type Created = {
  readonly jobId: string;
  readonly upload: { readonly url: string; readonly fields: Record<string, string> };
};
type Shown = {
  readonly jobId: string;
  readonly state: string;
  /** It was only checked: nothing was done. */
  readonly dryRun?: true;
  readonly rows: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Not begun, because the file was stopped. */
  readonly stopped: number;
  /** A refused file; `errors` are the first of its errors. */
  readonly mistakes: number;
  readonly ended: boolean;
  readonly errors: readonly {
    readonly row: number;
    readonly column: number;
    readonly code: string;
    readonly message: string;
  }[];
  readonly package?: string;
};

const everyMilliseconds = 500;
const refused = { ok: false, usage: false } as const;

/** What the function is asked of `import`'s options: the file is named, not sent, and waiting is the command line's own. */
export function importRequest({ file, wait: _, ...options }: Options): Options {
  if (typeof file !== "string") throw new Usage("--file is missing");
  return { ...options, "file-name": basename(file) };
}

/**
 * `import --file f.csv`: announces the file, uploads it as a browser would, and waits until it is
 * checked, or with `--wait` until its last row has ended.
 */
export async function importFile(call: Call, options: Options): Promise<ImportAnswer> {
  const { file, wait } = options;
  const request = importRequest(options);
  if (typeof file !== "string") throw new Usage("--file is missing");
  const bytes = await readFile(file).catch(() => {
    throw new Usage(`${file} cannot be read`);
  });
  const created = await call(["import"], request);
  if (!created.ok) return created;
  const { jobId, upload } = created.result as Created;
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
  form.set("file", new Blob([bytes]), basename(file));
  const answer = await fetch(upload.url, { method: "POST", body: form });
  if (!answer.ok) {
    const code = /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? String(answer.status);
    const known: Readonly<Record<string, string>> = {
      EntityTooLarge: `${file} is larger than 10 MB: split it`,
      EntityTooSmall: `${file} is empty`,
    };
    const message = known[code] ?? `the upload was refused: ${code}`;
    return {
      result: {
        jobId,
        state: "refused",
        rows: 0,
        done: 0,
        failed: 0,
        skipped: 0,
        stopped: 0,
        mistakes: 1,
        errors: [{ row: 0, column: 0, code, message }],
      },
      ...refused,
      message,
    };
  }
  for (;;) {
    const asked = await call(["import", "show"], { job: jobId });
    if (!asked.ok) return asked;
    const shown = asked.result as Shown;
    const checked = shown.state !== "uploading" && shown.state !== "checking";
    if (checked && (wait !== true || shown.ended)) return finished(call, shown, wait === true);
    await pause(everyMilliseconds);
  }
}

async function finished(
  call: Call,
  { ended: _, package: packaged, ...shown }: Shown,
  wait: boolean,
): Promise<ImportAnswer> {
  if (shown.state === "refused" || shown.state === "stopped") {
    const [first] = shown.errors;
    const why = first === undefined ? "" : `; row ${first.row}, column ${first.column}: ${first.message}`;
    if (shown.stopped > 0) {
      const message = `the file was stopped: ${shown.done} rows are done, ${shown.stopped} were not begun`;
      return { result: shown, ...refused, message };
    }
    return {
      result: shown,
      ...refused,
      message: `the file was ${shown.state} with ${shown.mistakes} errors${why}`,
    };
  }
  if (!wait || packaged !== "ready") return { ok: true, result: shown };
  const link = await call(["import", "package"], { job: shown.jobId });
  return link.ok ? { ok: true, result: { ...shown, package: (link.result as { url: string }).url } } : link;
}
