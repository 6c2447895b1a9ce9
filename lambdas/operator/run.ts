import { messageText } from "../contract/messages.ts";
import { Refusal } from "../refusal.ts";
import { noteRefusal } from "../telemetry/refused.ts";
import type { Actor } from "../transaction/audit.ts";
import { identify, type Invocation } from "./identity.ts";
import type { CommandName, Options } from "./options.ts";
import { readCommand } from "./read-command.ts";
import { isId, recordCall } from "./recorded.ts";
import type { Asked, OperatorCall } from "./signed-call.ts";

export type OperatorAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly usage: boolean; readonly message: string };

export type Operator = Extract<Actor, { kind: "operator" }>;
export type Verbs = { readonly [C in CommandName]: (options: Options<C>, actor: Operator) => Promise<unknown> };

export type RunContext = Parameters<typeof identify>[0] & Parameters<typeof recordCall>[0];

/**
 * Runs one command of a caller whom AWS knows. Refusals and wrong options are answers; anything else is a fault and fails
 * the function.
 */
export async function runCommand(
  context: RunContext,
  verbs: Verbs,
  call: OperatorCall,
  invocation: Invocation,
): Promise<OperatorAnswer> {
  const read = readCommand(call);
  if ("message" in read) return { ok: false, usage: true, message: read.message };
  const { name, options } = read;
  try {
    const verb = verbs[name] as (given: unknown, actor: Operator) => Promise<unknown>;
    const arn = await identify(context, call, invocation);
    const actor = { kind: "operator", name: arn, requestId: invocation.awsRequestId } as const;
    await recordCall(context, name, call, actor);
    return { ok: true, result: await verb(options, actor) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    noteRefusal(error.kind, { requestId: invocation.awsRequestId, reason: String(error.facts["detail"]) });
    return { ok: false, usage: error.kind === "usage", message: messageOf(error, call) };
  }
}

/**
 * A verb of the operator says in `detail` what is wrong and which command helps. What the tenants' own verbs refuse
 * is worded as for them, except that it may name to an operator what does not exist.
 */
function messageOf({ kind, facts, errors }: Refusal, { options }: Asked): string {
  if (facts["detail"] !== undefined) return String(facts["detail"]);
  if (kind === "notFound")
    return doesNotExist(
      Object.values(options)
        .filter((given) => typeof given === "string" && isId(given))
        .join(" or "),
    );
  const fields = errors.map(({ field, code, facts: named }) => `--${field}: ${messageText(code, "en", named)}`);
  return fields.length > 0 ? fields.join("; ") : messageText(kind, "en", facts);
}

const doesNotExist = (id: string): string =>
  `${id} does not exist; "tenant list", "tenant show", "administrator list" and "certificate list" show what does`;

/** The refusal of an id that nothing has. It names the id: the operator may know. */
export const unknown = (id: string): Refusal => new Refusal("notFound", { detail: doesNotExist(id) });
