import type { OperationCells } from "../../contract/import-layouts.ts";
import { Refusal } from "../../refusal.ts";
import { register as registerSubscriber } from "../../registration/register.ts";
import { personNames, spelled } from "../../registry/person.ts";
import type { Cells, Fault } from "../files/cells.ts";
import { isRegistration } from "../files/register-rows.ts";
import { hasSlot, slotOf } from "../files/rows.ts";
import type { Operation } from "./operation.ts";

/** CSV一括登録: each row is a subscriber with one certificate. */
export const register: Operation<OperationCells["register"]> = {
  registryRule: async (lookUps, job, rows) => {
    const placed = rows.filter(hasSlot);
    const mails = [...new Set(placed.map(({ primaryEmail }) => primaryEmail.toLowerCase()))];
    const known = await lookUps.findSubscribers(job.tenantId, job.serviceId, mails);
    // A slot exists only of a known subscriber.
    const asked = placed.filter(({ primaryEmail }) => known.has(primaryEmail.toLowerCase()));
    const slots = await lookUps.findSlots(job.tenantId, job.serviceId, asked);
    return (cells: Cells) => {
      const subscriber = hasSlot(cells) ? known.get(cells.primaryEmail.toLowerCase()) : undefined;
      if (!hasSlot(cells) || subscriber === undefined) return [];
      const faults: Fault[] = [];
      const other = isRegistration(cells) && personNames.find((name) => cells[name] !== subscriber[name]);
      if (other) {
        const facts = { stored: spelled(subscriber), given: spelled(cells) };
        faults.push({ key: other, code: "subscriberDiffers", facts });
      }
      if (subscriber.organizationId !== job.organizationId) {
        faults.push({ key: "primaryEmail", code: "otherOrganization", facts: { email: subscriber.primaryEmail } });
      }
      if (slots.has(slotOf(cells))) {
        const { certificateEmail: email, device } = cells;
        faults.push({ key: "device", code: "slotTaken", facts: { email, device } });
      }
      return faults;
    };
  },
  licencesPerRow: 1,
  licencesReleased: () => 0,
  work: async (context, job, row, { certificateEmail, device, from, to, linkId, principalName, ...person }) => {
    const tenant = await context.tenants.findTenant(job.tenantId);
    if (tenant === undefined) throw new Refusal("notFound");
    const { certificates } = await registerSubscriber(
      context,
      {
        tenant,
        serviceId: job.serviceId,
        organizationId: job.organizationId ?? "",
        actor: job.actor,
        registration: { ...person, devices: [{ device, from, to, certificateEmail, linkId, principalName }] },
        importRow: { jobId: job.jobId, row: row.row, bulkDownload: job.bulkDownload },
        // As `readUploaded` reads it: a row that was found right stays right.
        askedAt: new Date(job.checkedAt ?? job.createdAt),
      },
      (registered) =>
        registered.certificates.map(({ certificateId }) => context.imports.markRowIssuing(row, certificateId)),
    );
    const { tenantId } = job;
    return { issuances: certificates.map(({ certificateId }) => ({ tenantId, certificateId })), publications: [] };
  },
  notices: { done: "import-register", errors: "import-register-errors" },
};
