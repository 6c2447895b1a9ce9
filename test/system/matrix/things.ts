/** A company with one thing of each kind that a route may name. */
import { type Company, company, forBulkDownload, settled, unique, yamada } from "../tenant.ts";
import { ended, people, upload } from "../import-files.ts";
import { operator, until } from "../system.ts";
import type { Ids } from "./sample.ts";

export type Owner = { readonly company: Company; readonly ids: Ids };

type Listed = readonly { readonly administratorId: string; readonly certificateId: string }[];

export async function owner(): Promise<Owner> {
  const by = await company({ licences: "1000", ...forBulkDownload });
  const [jobId, { certificates }] = await Promise.all([
    upload(by, "register", people(1).csv, { bulkDownload: true }),
    by.call("registerSubscriber", { params: by, body: yamada(`s-${unique()}@mytest.jp`, "01") }),
  ]);
  const certificateId = certificates[0]?.certificateId ?? "";
  await Promise.all([settled(by, certificateId), ended(by, jobId)]);
  await until("the package", async () => (await by.call("getImport", { params: { jobId } })).job.package === "ready");
  const { tenantId, administratorId, serviceId, organizationId } = by;
  const listed = await operator<Listed>("administrator list", { tenant: tenantId });
  const administratorCertificateId = listed.find((one) => one.administratorId === administratorId)?.certificateId ?? "";
  const ids = { serviceId, organizationId, certificateId, jobId, administratorId, administratorCertificateId };
  return { company: by, ids };
}
