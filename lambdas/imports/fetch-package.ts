import type { Actor } from "../transaction/audit.ts";
import { Refusal } from "../refusal.ts";
import type { Write } from "../transaction/write.ts";
import type { JobKey } from "./job.ts";
import { packageKey } from "./package.ts";
import { packageName } from "./package-files.ts";
import type { ImportPorts } from "./ports.ts";

export type FetchContext = Pick<ImportPorts, "now" | "commit" | "audit" | "sendMarking"> & {
  readonly jobs: Pick<ImportPorts["jobs"], "find">;
  /** A link to a stored file, valid for `seconds`. */
  readonly linkTo: (key: string, fileName: string, seconds: number) => Promise<string>;
};

export type Fetched = { readonly url: string; readonly fileName: string; readonly seconds: number };

/** How long a handed-out link is valid: it is a bearer secret. */
const linkSeconds = 60;

/** Hands out a file's package by a new link; audited, and from then on its certificates count as downloaded. */
export async function fetchPackage(
  context: FetchContext,
  { tenantId, jobId, actor }: JobKey & { readonly actor: Actor },
  remember: () => readonly Write[],
): Promise<Fetched> {
  const job = await context.jobs.find(tenantId, jobId);
  if (job === undefined) throw new Refusal("notFound");
  if (job.package?.state !== "ready") throw new Refusal("packageMissing");
  const fileName = packageName(job);
  await context.sendMarking(job);
  await context.commit([
    ...remember(),
    context.audit.record({
      tenantId,
      at: context.now(),
      actor,
      action: "import.download",
      subject: jobId,
      facts: { certificates: job.package.certificates ?? 0 },
    }),
  ]);
  return { url: await context.linkTo(packageKey(job), fileName, linkSeconds), fileName, seconds: linkSeconds };
}
