import { useRef, useState } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import { mostSelected, type SelectionResults } from "../../../lambdas/contract/selection.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { type Call, Refused } from "../../shared/call.ts";
import type { Language } from "../../shared/texts.ts";
import { type Notice, useCall, useSpeech } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";

/** How it went with one certificate. What the server refuses is its last word on it. */
export type Outcome = { readonly state: "sending" | "done" } | { readonly state: "refused"; readonly message: string };

/** Why a call was not answered; `again`: whether the same call may be answered later. */
export type Failure = { readonly notice: Notice; readonly again: boolean };

type Part = { readonly serviceId: string; readonly certificateIds: string[] };

/** An act on certificates of one service, in calls of as many as one takes. `Choice`: what is to become of them. */
export type Act<Choice> = {
  readonly ask: (
    call: Call<AdminRoutes>,
    part: Part,
    choice: Choice,
    idempotencyKey: string,
  ) => Promise<SelectionResults>;
  /** Another choice is another request with an idempotency key of its own; a retry has the same key, and is answered as the first was. */
  readonly choiceKey: (choice: Choice) => string;
};

/** A field's own words where the server refused one: the day may have become too early while the window was open. */
function failureOf(cause: unknown, language: Language): Failure {
  const notice = errorNotice(cause, language);
  const problem = cause instanceof Refused ? cause.problem : undefined;
  const [field] = problem?.errors ?? [];
  const again = problem === undefined || problem.status >= 500 || problem.status === 429;
  return { notice: field ? { type: "error", header: field.message } : notice, again };
}

/** The certificates by service, in calls of as many as one takes. */
function partsOf(rows: readonly CertificateRow[]): readonly Part[] {
  return [...new Set(rows.map(({ serviceId }) => serviceId))].flatMap((serviceId) => {
    const ids = rows.flatMap((row) => (row.serviceId === serviceId ? row.certificateId : []));
    return Array.from({ length: Math.ceil(ids.length / mostSelected) }, (_, at) => ({
      serviceId,
      certificateIds: ids.slice(at * mostSelected, (at + 1) * mostSelected),
    }));
  });
}

/**
 * Carries out a choice on a selection, a call for up to a hundred certificates, each call with its own key: one that was
 * not answered may be sent again, and what was answered is not. `changed` is given each certificate as it is now.
 */
export function useAct<Choice>({ ask, choiceKey }: Act<Choice>, changed: (row: CertificateRow) => void) {
  const call = useCall();
  const { language } = useSpeech();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [failure, setFailure] = useState<Failure>();
  const [sending, setSending] = useState(false);
  const underWay = useRef(false);
  const [keys] = useState(() => new Map<string, string>());

  const keyOf = ({ certificateIds }: Part, choice: Choice): string => {
    const request = `${choiceKey(choice)} ${certificateIds.join(" ")}`;
    const key = keys.get(request) ?? crypto.randomUUID();
    keys.set(request, key);
    return key;
  };

  /** The answers for one part; false when there are none. */
  async function send(part: Part, choice: Choice): Promise<boolean> {
    const mark = (given: ReadonlyMap<string, Outcome | undefined>) =>
      setOutcomes((before) => {
        const after = new Map(before);
        for (const [id, outcome] of given)
          if (outcome === undefined) after.delete(id);
          else after.set(id, outcome);
        return after;
      });
    mark(new Map(part.certificateIds.map((id) => [id, { state: "sending" }])));
    try {
      const { results } = await ask(call, part, choice, keyOf(part, choice));
      for (const { certificate } of results) if (certificate) changed(certificate);
      mark(
        new Map(
          results.map(({ certificateId, outcome, refusal }) => [
            certificateId,
            outcome === "done" ? { state: "done" } : { state: "refused", message: refusal?.message ?? "" },
          ]),
        ),
      );
      return true;
    } catch (cause) {
      mark(new Map(part.certificateIds.map((id) => [id, undefined])));
      setFailure(failureOf(cause, language));
      return false;
    }
  }

  /** True when there is an answer for each of them. */
  async function carryOut(rows: readonly CertificateRow[], choice: Choice): Promise<boolean> {
    if (underWay.current) return false;
    underWay.current = true;
    setSending(true);
    setFailure(undefined);
    let answered = true;
    for (const part of partsOf(rows.filter(({ certificateId }) => !outcomes.has(certificateId))))
      answered &&= await send(part, choice);
    underWay.current = false;
    setSending(false);
    return answered;
  }

  return { outcomes, failure, sending, carryOut, forgetFailure: () => setFailure(undefined) };
}
