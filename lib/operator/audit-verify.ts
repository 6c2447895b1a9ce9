import type { OperatorAnswer } from "../../lambdas/operator/run.ts";
import type { Call, ImportAnswer } from "./import-file.ts";

type Page = {
  readonly days: number;
  readonly faults: readonly { readonly day: string; readonly fault: string }[];
  readonly next?: string;
};

/** `audit verify`: checks day after day, because one call of the function is limited in time; fails if a day has a fault. */
export async function auditVerify(call: Call, options: Parameters<Call>[1]): Promise<OperatorAnswer | ImportAnswer> {
  let days = 0;
  const faults: Page["faults"][number][] = [];
  let from = options["from"];
  do {
    const answer = await call(["audit", "verify"], from === undefined ? {} : { from });
    if (!answer.ok) return answer;
    const page = answer.result as Page;
    days += page.days;
    faults.push(...page.faults);
    from = page.next;
  } while (from !== undefined);
  const result = { ok: faults.length === 0, days, faults };
  const message = `${faults.length} of ${days} days have a fault; the first is ${faults[0]?.day}: ${faults[0]?.fault}`;
  return result.ok ? { ok: true, result } : { ok: false, usage: false, message, result };
}
