import type { Actor } from "../transaction/audit.ts";
import { importKinds, type ImportOperation } from "../contract/imports.ts";
import { invalid, Refusal } from "../refusal.ts";
import { orderFault } from "../registration/rules.ts";
import { newId } from "../registry/identifier.ts";
import { revocationDay } from "../revocation/revocation-day.ts";
import type { Write } from "../transaction/write.ts";
import type { ImportJob } from "./job.ts";
import type { ImportPorts } from "./ports.ts";

/** A browser's form for S3: its address and the fields that come before the file. */
export type Upload = { readonly url: string; readonly fields: Record<string, string> };

export type CreateContext = Pick<ImportPorts, "now" | "random" | "commit" | "tenants" | "audit"> & {
  readonly jobs: Pick<ImportPorts["jobs"], "add">;
  /** A form that puts one file of the allowed size under exactly this key; valid for `seconds`. */
  readonly uploadForm: (key: string, seconds: number) => Promise<Upload>;
};

export type CreateRequest = {
  readonly tenantId: string;
  readonly serviceId: string;
  readonly operation: ImportOperation;
  readonly organizationId?: string | undefined;
  readonly fileName: string;
  readonly bulkDownload: boolean;
  readonly dryRun?: boolean;
  /** `yyyy/mm/dd` of a dated revocation. */
  readonly on?: string | undefined;
  readonly actor: Actor;
};

export type Created = { readonly jobId: string; readonly upload: Upload };

const formSeconds = 600;

/** Where a job's file is put. The importer takes its first version, whatever is uploaded later. */
export const uploadKey = ({ tenantId, jobId }: { readonly tenantId: string; readonly jobId: string }): string =>
  `${tenantId}/${jobId}.csv`;

/** The job of an uploaded file, by its key; undefined for a key that is no job's. */
export function jobOfUpload(key: string): { readonly tenantId: string; readonly jobId: string } | undefined {
  const found = /^(t[0-9a-z]{10})\/(\1-j[0-9a-z]{12})\.csv$/.exec(key);
  return found === null ? undefined : { tenantId: found[1] ?? "", jobId: found[2] ?? "" };
}

/** Announces a file: the job as "uploading", and the form that uploads it. */
export async function createImport(
  context: CreateContext,
  order: CreateRequest,
  remember: (created: Pick<Created, "jobId">) => readonly Write[],
): Promise<Created> {
  const { tenantId, serviceId, operation, organizationId, fileName, bulkDownload, actor, on } = order;
  const kind = importKinds[operation];
  if (kind.organization && organizationId === undefined) throw invalid({ field: "organizationId", code: "required" });
  if (!kind.on && on !== undefined) throw invalid({ field: "on", code: "invalid" });
  if (!kind.bulkDownload && bulkDownload) throw invalid({ field: "bulkDownload", code: "invalid" });
  const [service, organization] = await Promise.all([
    context.tenants.findService(tenantId, serviceId),
    organizationId === undefined ? undefined : context.tenants.findOrganization(tenantId, organizationId),
  ]);
  if (service === undefined) throw new Refusal("notFound");
  if (organizationId !== undefined && organization === undefined) throw new Refusal("notFound");
  const without = kind.issuing ? orderFault(service, { wanted: 0, bulkDownload }) : undefined;
  if (without !== undefined) throw new Refusal(without.code, without.facts);

  const now = context.now();
  const job: ImportJob = {
    tenantId,
    jobId: newId(tenantId, "import", context.random),
    operation,
    serviceId,
    serviceName: service.name,
    ...(kind.organization && organization !== undefined
      ? { organizationId: organization.organizationId, organizationName: organization.name }
      : {}),
    fileName,
    bulkDownload,
    dryRun: order.dryRun ?? false,
    ...(on === undefined ? {} : { on: revocationDay(on, now).toISOString() }),
    actor,
    createdAt: now.toISOString(),
    state: "uploading",
    rows: 0,
    sentThrough: 0,
    turn: 0,
    ended: 0,
    pace: 0,
    errors: 0,
  };
  await context.commit([
    ...remember({ jobId: job.jobId }),
    ...context.jobs.add(job),
    context.audit.record({
      tenantId,
      at: now,
      actor,
      action: "import.create",
      subject: job.jobId,
      facts: { operation, serviceId, fileName },
    }),
  ]);
  return withForm(context, job);
}

/** The announced file with a new form: forms are made for each answer, never remembered. */
export const withForm = async (
  context: Pick<CreateContext, "uploadForm">,
  job: { readonly tenantId: string; readonly jobId: string },
): Promise<Created> => ({ jobId: job.jobId, upload: await context.uploadForm(uploadKey(job), formSeconds) });
