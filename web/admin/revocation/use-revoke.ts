import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { type Act, useAct } from "../subscribers/use-act.ts";
import { type Choice, choiceKey } from "./choice.ts";
import { slashed } from "./day.ts";

const revocation: Act<Choice> = {
  ask: (call, { serviceId, certificateIds }, choice, idempotencyKey) => {
    const params = { serviceId };
    if (choice.action === "cancel")
      return call("cancelRevocations", { params, body: { certificateIds }, idempotencyKey });
    const { reason } = choice;
    const body = { certificateIds, reason, ...(choice.action === "now" ? {} : { on: slashed(choice.day) }) };
    return call("revokeCertificates", { params, body, idempotencyKey });
  },
  choiceKey,
};

/** Revokes certificates, plans it or cancels the plans; `changed` is given each certificate as it is now. */
export const useRevoke = (changed: (row: CertificateRow) => void) => useAct(revocation, changed);
