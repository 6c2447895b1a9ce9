import type { LinkTo } from "../certificates/sealing.ts";
import { handOut, type HandOutContext, type Taker } from "../exports/hand-out.ts";
import { Refusal } from "../refusal.ts";
import type { JobKey } from "./job.ts";
import { packageKey } from "./package.ts";
import { packageName } from "./package-files.ts";
import type { ImportPorts } from "./ports.ts";

export type FetchContext = HandOutContext &
  Pick<ImportPorts, "now" | "sendMarking"> & {
    readonly jobs: Pick<ImportPorts["jobs"], "find">;
    readonly linkTo: LinkTo;
  };

/** Whose package, and who takes it. */
export type FetchRequest = JobKey & { readonly actor: Taker };
/** Has a package handed out by the one function that may read it; refused as `fetchPackage` refuses. */
export type TakePackage = (request: FetchRequest) => Promise<Fetched>;

export type Fetched = { readonly url: string; readonly fileName: string; readonly seconds: number };

/** How long a handed-out link is valid: it is a bearer secret. */
const linkSeconds = 60;

/** Hands out a file's package by a new link, every time announced; from then on its certificates count as downloaded. */
export async function fetchPackage(context: FetchContext, { tenantId, jobId, actor }: FetchRequest): Promise<Fetched> {
  const job = await context.jobs.find(tenantId, jobId);
  if (job === undefined) throw new Refusal("notFound");
  if (job.package?.state !== "ready") throw new Refusal("packageMissing");
  const count = job.package.certificates ?? 0;
  const told = () => ({ jobId, fileName: job.fileName });
  const act = { tenantId, kind: "package-taken", actor, at: context.now(), count, told } as const;
  const line = { action: "import.download", subject: jobId, facts: { certificates: count } } as const;
  const fileName = packageName(job);
  await context.sendMarking(job);
  const url = await handOut(context, act, { line }, (permit) =>
    context.linkTo(permit, packageKey(job), fileName, linkSeconds),
  );
  return { url, fileName, seconds: linkSeconds };
}
