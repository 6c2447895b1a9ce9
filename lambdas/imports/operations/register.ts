import type { OperationCells } from "../../contract/import-layouts.ts";
import { Refusal } from "../../refusal.ts";
import { register as registerSubscriber, type RegisterRequest } from "../../registration/register.ts";
import { claimRule } from "../../registration/claimed.ts";
import { conflictsOf } from "../../registration/rules.ts";
import type { Cells } from "../files/cells.ts";
import { hasSlot, slotOf } from "../files/rows.ts";
import type { Operation } from "./operation.ts";

/** CSV一括登録: each row is a subscriber with one certificate. */
export const register: Operation<OperationCells["register"]> = {
  registryRule: async (lookUps, job, rows) => {
    const placed = rows.filter(hasSlot);
    const mails = [...new Set(placed.map(({ primaryEmail }) => primaryEmail.toLowerCase()))];
    const [known, ofAnother] = await Promise.all([
      lookUps.findSubscribers(job.tenantId, job.serviceId, mails),
      claimRule(lookUps.findClaims, job.tenantId, rows),
    ]);
    // A slot exists only of a known subscriber.
    const asked = placed.filter(({ primaryEmail }) => known.has(primaryEmail.toLowerCase()));
    const slots = await lookUps.findSlots(job.tenantId, job.serviceId, asked);
    const conflicts = (cells: Cells) => {
      const subscriber = hasSlot(cells) ? known.get(cells.primaryEmail.toLowerCase()) : undefined;
      if (!hasSlot(cells) || subscriber === undefined) return [];
      const slot = slots.get(slotOf(cells));
      return conflictsOf({ subscriber, slots: slot === undefined ? [] : [slot] }, job.organizationId, cells);
    };
    return (cells: Cells) => [...ofAnother(cells), ...conflicts(cells)];
  },
  licencesPerRow: 1,
  licencesReleased: () => 0,
  work: async (context, job, row, cells) => {
    const tenant = await context.tenants.findTenant(job.tenantId);
    if (tenant === undefined) throw new Refusal("notFound");
    const { certificates } = await registerSubscriber(
      context,
      {
        tenant,
        serviceId: job.serviceId,
        organizationId: job.organizationId ?? "",
        actor: job.actor,
        registration: registrationOf(cells),
        importRow: { jobId: job.jobId, row: row.row, bulkDownload: job.bulkDownload },
        // As `readUploaded` reads it: a row that was found right stays right.
        askedAt: new Date(job.checkedAt ?? job.createdAt),
      },
      (registered) => registered.certificates.map(({ certificateId }) => context.rows.markIssuing(row, certificateId)),
    );
    return { issuances: certificates, publications: [] };
  },
  notices: { done: "import-register", errors: "import-register-errors", stopped: "import-register-stopped" },
};

/** A row's cells as a registration: the person, and all else for the one certificate. */
function registrationOf({
  primaryEmail,
  familyName,
  givenName,
  familyNameKana,
  givenNameKana,
  familyNameEnglish,
  givenNameEnglish,
  ...device
}: OperationCells["register"]): RegisterRequest["registration"] {
  const kana = { familyNameKana, givenNameKana };
  const english = { familyNameEnglish, givenNameEnglish };
  return { primaryEmail, familyName, givenName, ...kana, ...english, devices: [device] };
}
