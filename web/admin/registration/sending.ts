import { useRef, useState } from "react";
import type { Problem } from "../../../lambdas/contract/problem.ts";
import type { CertificateRow, Registration } from "../../../lambdas/contract/shapes.ts";
import { Refused } from "../../shared/call.ts";
import { type Notice, useCall, useSpeech } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import type { OrderValues } from "../options/fields.ts";
import type { OrganizationPath } from "../subscribers/organization-path.ts";

/** What became of a registration. `answered`: the server decided, so that nothing can have been registered. */
export type Outcome =
  | { readonly kind: "busy" }
  | { readonly kind: "accepted"; readonly certificates: readonly CertificateRow[] }
  | {
      readonly kind: "refused";
      readonly answered: boolean;
      readonly problem: Problem | undefined;
      readonly notice: Notice;
    };

/** Sends a registration, one at a time: a second click while the first is under way does nothing. */
export function useSending(ids: OrganizationPath) {
  const call = useCall();
  const { language } = useSpeech();
  const [sending, setSending] = useState(false);
  const underWay = useRef(false);

  async function send(body: Registration, idempotencyKey: string): Promise<Outcome> {
    if (underWay.current) return { kind: "busy" };
    underWay.current = true;
    setSending(true);
    try {
      const { certificates } = await call("registerSubscriber", { params: ids, body: sendable(body), idempotencyKey });
      return { kind: "accepted", certificates };
    } catch (cause) {
      const problem = cause instanceof Refused ? cause.problem : undefined;
      const answered = problem !== undefined && problem.status < 500;
      return { kind: "refused", answered, problem, notice: errorNotice(cause, language) };
    } finally {
      underWay.current = false;
      setSending(false);
    }
  }

  return { sending, send };
}

/** Leaves out what was not given, instead of sending it as undefined. */
const sendable = (body: Registration) => ({
  ...body,
  devices: body.devices.map(({ device, ...values }) => ({
    device,
    ...(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<OrderValues>),
  })),
});
