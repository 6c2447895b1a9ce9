import type { Certificate, Issuer } from "../../certificates/certificate.ts";
import type { OperationCells } from "../../contract/import-layouts.ts";
import { Refusal } from "../../refusal.ts";
import { scheduleRevocation } from "../../revocation/plan.ts";
import { revoke as revokeCertificate } from "../../revocation/revoke.ts";
import { hasSlot, slotOf } from "../files/rows.ts";
import type { ImportJob } from "../job.ts";
import type { Operation, WorkContext } from "./operation.ts";

/** CSV一括失効: each row names a slot, whose live certificate is revoked now or on the job's day. */
export const revoke: Operation<OperationCells["revoke"]> = {
  registryRule: async (lookUps, job, rows) => {
    const known = await lookUps.findSlots(job.tenantId, job.serviceId, rows.filter(hasSlot));
    return (cells) =>
      hasSlot(cells) && !known.has(slotOf(cells)) ? [{ at: "primaryEmail", code: "slotUnknown" }] : [];
  },
  licencesPerRow: 0,
  licencesReleased: ({ on }, { done }) => (on === undefined ? done : 0),
  work: async (context, job, row, cells) => {
    const { tenantId, actor, on } = job;
    const found = await certificatesOf(context, job, cells);
    const live = found.filter(({ state }) => state.status === "issued" || state.status === "downloaded");
    if (live.length === 0) {
      if (found.some(({ state }) => state.status === "issuing")) throw new Refusal("stillIssuing");
      await context.commit(context.rows.end(row, "waiting", { state: "skipped", error: { code: "nothingToRevoke" } }));
      return { issuances: [], publications: [] };
    }
    const publications: Issuer[] = [];
    // The row ends with the last of its certificates.
    for (const [at, { certificateId }] of live.entries()) {
      const request = { tenantId, certificateId, reason: "unspecified", actor } as const;
      const last = () => (at === live.length - 1 ? context.rows.end(row, "waiting", { state: "done" }) : []);
      const licence = at === live.length - 1 ? ({ licence: "caller" } as const) : {};
      if (on === undefined)
        publications.push((await revokeCertificate(context, { ...request, ...licence }, last)).issuer);
      else await scheduleRevocation(context, { ...request, at: new Date(on) }, last);
    }
    return { issuances: [], publications };
  },
  notices: { done: "import-revoke", errors: "import-revoke-errors", stopped: "import-revoke-stopped" },
};

async function certificatesOf(
  context: WorkContext,
  { tenantId, serviceId }: ImportJob,
  { primaryEmail, certificateEmail, device }: OperationCells["revoke"],
): Promise<readonly Certificate[]> {
  const known = await context.subscribers.findByMail({ tenantId, serviceId, primaryEmail }, [
    { certificateEmail, device },
  ]);
  const [slot] = known?.slots ?? [];
  if (slot === undefined) throw new Refusal("notFound");
  const certificate = await context.certificates.find(tenantId, slot.certificateId);
  return certificate === undefined ? [] : [certificate];
}
