import type { Registration } from "../../../lambdas/contract/shapes.ts";
import { useNotices } from "../frame/contexts.ts";
import type { OrganizationPath, Place } from "../subscribers/organization-path.ts";
import { type Draft, errorsOfProblem, noRefusals, type Refusals } from "./draft.ts";
import { useIdempotencyKey } from "./idempotency-key.ts";
import type { Kept } from "./kept.ts";
import { useSending } from "./sending.ts";

type Ends = {
  readonly done: (registered: NonNullable<Kept["registered"]>) => void;
  /** The server refused fields of the form. */
  readonly refuse: (refusals: Refusals) => void;
};

/** [決定]: sends the registration; a refusal that belongs to no field is shown as a notice. */
export function useDecision(ids: OrganizationPath, place: Place, { done, refuse }: Ends) {
  const { tell, clear } = useNotices();
  const idempotency = useIdempotencyKey(ids);
  const { sending, send } = useSending(ids);

  async function decide(confirmed: Registration, draft: Draft): Promise<void> {
    const outcome = await send(confirmed, idempotency.keyFor(confirmed));
    if (outcome.kind === "busy") return;
    if (outcome.kind === "accepted") {
      clear();
      idempotency.settle();
      done({ person: { ...draft, ...confirmed, devices: draft.devices }, certificates: [...outcome.certificates] });
      return;
    }
    if (outcome.answered) idempotency.settle();
    const refusals = outcome.problem ? errorsOfProblem(outcome.problem, draft, place.service.options) : noRefusals;
    if (Object.keys(refusals.errors).length > 0) return refuse(refusals);
    tell({ ...outcome.notice, content: [...refusals.elsewhere, outcome.notice.content ?? ""].join(" ").trim() });
  }

  return { decide, sending };
}
