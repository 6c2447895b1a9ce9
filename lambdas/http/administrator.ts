import type { Ports } from "../certificates/ports.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Write } from "../transaction/write.ts";
import { type Caller, callerOf } from "./caller.ts";
import { refuseForgery } from "./forgery.ts";
import { idempotencyOf } from "./idempotency.ts";
import type { Admit } from "./serve.ts";

export type AdministratorCaller = Caller & {
  readonly actor: Extract<Actor, { kind: "administrator" }>;
  /** The same for a repetition of the call, and for nothing else; empty for a call that changes nothing. */
  readonly idempotencyId: string;
  /** Remembers the answer in the call's own transaction; empty for a call that changes nothing. */
  readonly remember: (reply: unknown) => readonly Write[];
};

type AdmitContext = Pick<Ports, "now" | "administrators" | "admissions" | "tenants" | "access"> & {
  readonly adminUrl: string;
};

/** Who may call the admin site, in the order of the checks: certificate, forgery, repetition. */
export const admitAdministrator =
  (context: AdmitContext): Admit<AdministratorCaller> =>
  async (event, route) => {
    const caller = await callerOf(context, event);
    const { administratorId: id, name } = caller.administrator;
    const actor = { kind: "administrator", id, name, address: caller.address } as const;
    if (route.method === "GET") return { caller: { ...caller, actor, idempotencyId: "", remember: () => [] } };
    refuseForgery(event, context.adminUrl);
    const idempotency = await idempotencyOf(context, id, event);
    const remember = (reply: unknown) => [idempotency.remember(route.status, reply)];
    return { caller: { ...caller, actor, idempotencyId: idempotency.id, remember }, answered: idempotency.answered };
  };
