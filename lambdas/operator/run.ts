import type { Actor } from "../transaction/audit.ts";
import { messageText } from "../contract/messages.ts";
import { Refusal } from "../refusal.ts";
import type { CommandName, Options } from "./options.ts";
import { readCommand } from "./read-command.ts";

/** What the command line sends, and what it gets back. */
export type OperatorCall = {
  readonly command: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
  /** Who the command line says it is; IAM has decided whether it may. */
  readonly actor: string;
};
export type OperatorAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly usage: boolean; readonly message: string };

export type Operator = Extract<Actor, { kind: "operator" }>;
export type Verbs = { readonly [C in CommandName]: (options: Options<C>, actor: Operator) => Promise<unknown> };

/** Runs one command. Refusals and wrong options are answers; anything else is a fault and fails the function. */
export async function runCommand(verbs: Verbs, call: OperatorCall): Promise<OperatorAnswer> {
  const read = readCommand(call);
  if ("message" in read) return { ok: false, usage: true, message: read.message };
  const { name, options } = read;
  try {
    const verb = verbs[name] as (given: unknown, actor: Operator) => Promise<unknown>;
    return { ok: true, result: await verb(options, { kind: "operator", name: call.actor }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, usage: error.kind === "usage", message: messageOf(error, call) };
  }
}

/**
 * A verb of the operator says in `detail` what is wrong and which command helps. What the tenants' own verbs refuse
 * is worded as for them, except that it may name to an operator what does not exist.
 */
function messageOf({ kind, facts, errors }: Refusal, { options }: OperatorCall): string {
  if (facts["detail"] !== undefined) return String(facts["detail"]);
  if (kind === "notFound") return doesNotExist(Object.values(options).filter(isId).join(" or "));
  const fields = errors.map(({ field, code, facts: named }) => `--${field}: ${messageText(code, "en", named)}`);
  return fields.length > 0 ? fields.join("; ") : messageText(kind, "en", facts);
}

const isId = (given: string | boolean): given is string =>
  typeof given === "string" && /^t[0-9a-z]{10}(-[a-z][0-9a-z]{12})?$/.test(given);

const doesNotExist = (id: string): string =>
  `${id} does not exist; "tenant list", "tenant show", "administrator list" and "certificate list" show what does`;

/** The refusal of an id that nothing has. It names the id: the operator may know. */
export const unknown = (id: string): Refusal => new Refusal("notFound", { detail: doesNotExist(id) });
