import * as z from "zod/mini";
import type { ImportRoutes } from "../contract/imports.ts";
import type { AdministratorCaller } from "../http/administrator.ts";
import type { Again, Handlers } from "../http/serve.ts";
import { Refusal } from "../refusal.ts";
import { type CreateContext, createImport, withForm } from "../imports/create.ts";
import type { TakePackage } from "../imports/fetch-package.ts";
import type { ImportJob } from "../imports/job.ts";
import { type StopContext, stopImport } from "../imports/stop.ts";
import { countsOf, errorView, jobView, queuePositionOf, queueView, type ShowContext } from "../imports/view.ts";

export type RoutesContext = CreateContext & ShowContext & StopContext & { readonly takePackage: TakePackage };

/** What the admin site answers about files. */
export const importHandlers = (context: RoutesContext): Handlers<ImportRoutes, AdministratorCaller> => ({
  createImport: ({ caller, params, body }) =>
    createImport(
      context,
      { ...params, ...body, tenantId: caller.tenant.tenantId, actor: caller.actor },
      caller.remember,
    ),
  listImports: async ({ caller, query, language }) => {
    const { jobs, next } = await context.jobs.list(caller.tenant.tenantId, query);
    return {
      jobs: await Promise.all(jobs.map(async (job) => jobView(job, await countsOf(context, job), language))),
      next,
    };
  },
  getImport: async ({ caller, params, language }) => {
    const job = await context.jobs.find(caller.tenant.tenantId, params.jobId);
    if (job === undefined) throw new Refusal("notFound");
    const [counts, errors] = await Promise.all([countsOf(context, job), context.jobErrors.list(job)]);
    const running = job.acceptedAt !== undefined && job.endedAt === undefined;
    const end = running
      ? queuePositionOf(await context.progress.listQueue(), job, counts, context.now()).estimatedEnd
      : undefined;
    return { job: jobView(job, counts, language, end), errors: errors.map((error) => errorView(error, language)) };
  },
  getImportQueue: ({ caller, language }) => queueView(context, caller.tenant.tenantId, language),
  stopImport: async ({ caller, params, language }) => {
    const { tenantId } = caller.tenant;
    const job = await context.jobs.find(tenantId, params.jobId);
    if (job === undefined) throw new Refusal("notFound");
    const counts = await countsOf(context, job);
    const view = (now: ImportJob) => ({ job: jobView(now, counts, language) });
    const request = { tenantId, ...params, actor: caller.actor };
    return view(await stopImport(context, request, (stopped) => caller.remember(view(stopped))));
  },
  downloadPackage: async ({ caller, params }) => {
    // First, so that of two clicks at once with one key the second is the same click again.
    await context.commit(caller.remember({}));
    return context.takePackage({ tenantId: caller.tenant.tenantId, ...params, actor: caller.actor });
  },
});

/** The same answers again, with a new form or link; handing out a link is audited every time. */
export const importAgain = (context: RoutesContext): Again<ImportRoutes, AdministratorCaller> => ({
  createImport: async (remembered, { caller }) =>
    withForm(context, { tenantId: caller.tenant.tenantId, jobId: announced.parse(remembered).jobId }),
  downloadPackage: (_, { caller, params }) =>
    context.takePackage({ tenantId: caller.tenant.tenantId, ...params, actor: caller.actor }),
});

const announced = z.object({ jobId: z.string() });
