import { Refusal } from "../refusal.ts";
import { worded } from "../contract/refusals.ts";
import { type CommandName, commands, type Options } from "./options.ts";

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

export type Verbs = { readonly [C in CommandName]: (options: Options<C>, actor: string) => Promise<unknown> };

/** Runs one command. Refusals and wrong options are answers; anything else is a fault and fails the function. */
export async function runCommand(verbs: Verbs, call: OperatorCall): Promise<OperatorAnswer> {
  const name = call.command.join(" ");
  if (!isCommand(name)) {
    return { ok: false, usage: true, message: `there is no command "${name}"; known: ${Object.keys(commands).join(", ")}` };
  }
  const options = commands[name].safeParse(call.options);
  if (!options.success) {
    const faults = options.error.issues.map((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `--${key} is not an option of "${name}"`).join("; ")
        : issue.input === undefined && issue.code === "invalid_type"
          ? `--${issue.path.join(".")} is missing`
          : `--${issue.path.join(".")}: ${issue.message}`,
    );
    return { ok: false, usage: true, message: faults.join("; ") };
  }
  try {
    const verb = verbs[name] as (given: unknown, actor: string) => Promise<unknown>;
    return { ok: true, result: await verb(options.data, call.actor) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, usage: error.kind === "usage", message: worded(error.kind, error.facts, "en") };
  }
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
