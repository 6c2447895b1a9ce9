import { faultOf } from "../contract/text.ts";
import { messageText } from "../contract/messages.ts";
import { isFieldRule } from "../contract/rules.ts";
import { type CommandName, commands } from "./options.ts";

export type ReadCommand = { readonly name: CommandName; readonly options: unknown } | { readonly message: string };

/**
 * A command and its options by their shapes, or everything that is wrong with them in one message. The command line asks
 * before it looks for a system to call, the function before it acts.
 */
export function readCommand(call: {
  readonly command: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
}): ReadCommand {
  const name = call.command.join(" ");
  if (!isCommand(name)) {
    const known = Object.keys(commands).join(", ");
    return { message: `there is no command "${name}"; known: ${known}` };
  }
  // Whether the option is missing or malformed depends on the input, which is not repeated.
  const options = commands[name].safeParse(call.options, { reportInput: true });
  if (options.success) return { name, options: options.data };
  const faults = options.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `--${key} is not an option of "${name}"`);
    const option = `--${String(issue.path[0])}`;
    if (issue.input === undefined) return [`${option} is missing`];
    const { code, facts } = faultOf(issue);
    return [`${option}: ${isFieldRule(issue.message) ? messageText(code, "en", facts) : issue.message}`];
  });
  return { message: [...new Set(faults)].join("; ") };
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
