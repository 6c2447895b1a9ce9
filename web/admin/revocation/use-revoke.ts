import { useRef, useState } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { type Call, Refused } from "../../shared/call.ts";
import type { Language } from "../../shared/texts.ts";
import { type Notice, useCall, useSpeech } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import { type Choice, intentionOf } from "./choice.ts";
import { slashed } from "./day.ts";

/** How it went with one certificate. */
export type Outcome = { readonly state: "sending" | "done" } | { readonly state: "refused"; readonly notice: Notice };

function ask(call: Call<AdminRoutes>, certificateId: string, choice: Choice, idempotencyKey: string) {
  const params = { certificateId };
  if (choice.action === "cancel") return call("cancelRevocation", { params, idempotencyKey });
  const { reason } = choice;
  const body = choice.action === "now" ? { reason } : { reason, on: slashed(choice.day) };
  return call("revokeCertificate", { params, body, idempotencyKey });
}

/** A field's own words where the server refused one: the day may have become too early while the window was open. */
function refusalNotice(cause: unknown, language: Language): Notice {
  const notice = errorNotice(cause, language);
  const [field] = (cause instanceof Refused && cause.problem?.errors) || [];
  return field ? { ...notice, header: field.message } : notice;
}

/**
 * Carries out a choice, certificate by certificate: each by its own call with its own key, so one that is refused
 * stops no other, and doing it again sends only what is not done. `changed` is told each certificate as it stands now.
 */
export function useRevoke(changed: (row: CertificateRow) => void) {
  const call = useCall();
  const { language } = useSpeech();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [sending, setSending] = useState(false);
  const underWay = useRef(false);
  const [keys] = useState(() => new Map<string, string>());

  const keyOf = (certificateId: string, choice: Choice): string => {
    const intention = `${certificateId} ${intentionOf(choice)}`;
    const key = keys.get(intention) ?? crypto.randomUUID();
    keys.set(intention, key);
    return key;
  };

  /** True when all of them are done. */
  async function carryOut(rows: readonly CertificateRow[], choice: Choice): Promise<boolean> {
    if (underWay.current) return false;
    underWay.current = true;
    setSending(true);
    let all = true;
    for (const { certificateId } of rows) {
      if (outcomes.get(certificateId)?.state === "done") continue;
      const set = (outcome: Outcome) => setOutcomes((before) => new Map(before).set(certificateId, outcome));
      set({ state: "sending" });
      try {
        changed(await ask(call, certificateId, choice, keyOf(certificateId, choice)));
        set({ state: "done" });
      } catch (cause) {
        all = false;
        set({ state: "refused", notice: refusalNotice(cause, language) });
      }
    }
    underWay.current = false;
    setSending(false);
    return all;
  }

  /** What was refused is forgotten before another choice; what is done stays done. */
  const forget = () => setOutcomes((before) => new Map([...before].filter(([, { state }]) => state === "done")));

  return { outcomes, sending, carryOut, forget };
}
