import { importKinds } from "../contract/imports.ts";
import { type CreateContext, createImport } from "../imports/create.ts";
import type { TakePackage } from "../imports/fetch-package.ts";
import type { ImportJob } from "../imports/job.ts";
import { type StopContext, stopImport } from "../imports/stop.ts";
import { countsOf, errorView, mistakesOf, type ShowContext } from "../imports/view.ts";
import { Refusal } from "../refusal.ts";
import { tenantOf } from "../registry/identifier.ts";
import { unknown, type Verbs } from "./run.ts";

export type ImportContext = CreateContext & ShowContext & StopContext & { readonly takePackage: TakePackage };

/** Files for the operator: the same upload, the same checks, the same road as the admin site's. */
export const importVerbs = (context: ImportContext) =>
  ({
    import: async (options, actor) => {
      const { tenant: tenantId, service: serviceId, operation } = options;
      if ((await context.tenants.findTenant(tenantId)) === undefined) throw unknown(tenantId);
      const organizationId = importKinds[operation].organization
        ? await organizationOf(context, tenantId, options.organization)
        : undefined;
      const request = {
        tenantId,
        serviceId,
        operation,
        organizationId,
        fileName: options["file-name"],
        bulkDownload: options["bulk-download"] ?? false,
        dryRun: options["dry-run"] ?? false,
        on: options.on,
        actor,
      };
      return createImport(context, request, () => []);
    },
    "import show": async ({ job: jobId }) => {
      const job = await context.jobs.find(tenantOf(jobId), jobId);
      if (job === undefined) throw unknown(jobId);
      return shown(context, job);
    },
    "import stop": async ({ job: jobId }, actor) => {
      const tenantId = tenantOf(jobId);
      if ((await context.jobs.find(tenantId, jobId)) === undefined) throw unknown(jobId);
      return shown(context, await stopImport(context, { tenantId, jobId, actor }, () => []));
    },
    "import package": ({ job: jobId }, actor) => context.takePackage({ tenantId: tenantOf(jobId), jobId, actor }),
  }) satisfies Partial<Verbs>;

async function shown(context: ShowContext, job: ImportJob) {
  const [counts, errors] = await Promise.all([countsOf(context, job), context.jobErrors.list(job)]);
  const { jobId, state, dryRun, rows, stop, endedAt } = job;
  return {
    jobId,
    state,
    ...(dryRun ? { dryRun: true } : {}),
    rows,
    ...counts,
    mistakes: mistakesOf(job),
    ...(stop !== undefined && endedAt === undefined ? { stopping: true } : {}),
    ended: endedAt !== undefined && job.package?.state !== "making",
    errors: errors.map((error) => errorView(error, "ja")),
    ...(job.package === undefined ? {} : { package: job.package.state }),
  };
}

/** By name or id; a tenant's only one needs no naming. */
async function organizationOf(context: ImportContext, tenantId: string, named: string | undefined): Promise<string> {
  const all = await context.tenants.listOrganizations(tenantId);
  const found =
    named === undefined
      ? all.length === 1
        ? all[0]
        : undefined
      : all.find(({ name, organizationId }) => name === named || organizationId === named);
  if (found !== undefined) return found.organizationId;
  const names = all.map(({ name }) => name).join(", ");
  throw new Refusal("usage", {
    detail:
      named === undefined
        ? `--organization is missing; one of: ${names}`
        : `there is no organization "${named}"; known: ${names}`,
  });
}
