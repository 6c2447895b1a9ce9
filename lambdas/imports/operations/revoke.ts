import type { Certificate } from "../../certificates/certificate.ts";
import type { OperationCells } from "../../contract/import-layouts.ts";
import { Refusal } from "../../refusal.ts";
import { scheduleRevocation } from "../../revocation/plan.ts";
import { isLive, revoke as revokeCertificate } from "../../revocation/revoke.ts";
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
    const certificate = await certificateOf(context, job, cells);
    if (certificate.state.status === "issuing") throw new Refusal("stillIssuing");
    if (!isLive(certificate)) {
      await context.commit(context.rows.end(row, "waiting", { state: "skipped", error: { code: "nothingToRevoke" } }));
      return { issuances: [], publications: [] };
    }
    const { certificateId } = certificate;
    const request = { tenantId, certificateId, reason: "unspecified", actor } as const;
    const done = () => context.rows.end(row, "waiting", { state: "done" });
    if (on !== undefined) {
      await scheduleRevocation(context, { ...request, at: new Date(on) }, done);
      return { issuances: [], publications: [] };
    }
    const { issuer } = await revokeCertificate(context, { ...request, licence: "caller" }, done);
    return { issuances: [], publications: [issuer] };
  },
  notices: { done: "import-revoke", errors: "import-revoke-errors", stopped: "import-revoke-stopped" },
};

/** The certificate that the slot was last taken for. Fails the row if there is none, which no work of this product leaves behind. */
async function certificateOf(
  context: WorkContext,
  { tenantId, serviceId }: ImportJob,
  { primaryEmail, certificateEmail, device }: OperationCells["revoke"],
): Promise<Certificate> {
  const known = await context.subscribers.findByMail({ tenantId, serviceId, primaryEmail }, [
    { certificateEmail, device },
  ]);
  const [slot] = known?.slots ?? [];
  if (slot === undefined) throw new Refusal("notFound");
  const certificate = await context.certificates.find(tenantId, slot.certificateId);
  // "Nothing to do" would be said of a certificate that is still valid.
  if (certificate === undefined) throw new Error(`${slot.certificateId} holds a slot, but its row is missing`);
  return certificate;
}
