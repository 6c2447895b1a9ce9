/** What was typed cannot be a command; exit code 2. */
export class Usage extends Error {}

export type CommandLine = {
  readonly command: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
  readonly json: boolean;
  /** A local run's data folder; without it, AWS. */
  readonly data: string | undefined;
  readonly stack: string;
};

/** Options that take no value. `--no-issuing` says `issuing` is false. */
const flags = new Set(["json", "pem", "issuing", "no-issuing", "bulk-download", "dry-run", "wait", "now"]);

/** Reads `words… --name value …`. */
export function commandLine(typed: readonly string[]): CommandLine {
  const command: string[] = [];
  const options: Record<string, string | boolean> = {};
  for (let at = 0; at < typed.length; at++) {
    const word = typed[at] ?? "";
    if (!word.startsWith("--")) {
      command.push(word);
      continue;
    }
    const name = word.slice(2);
    if (name in options) throw new Usage(`--${name} is given twice`);
    if (flags.has(name)) {
      options[name.replace(/^no-/, "")] = !name.startsWith("no-");
      continue;
    }
    const value = typed[++at];
    if (value === undefined || value.startsWith("--")) throw new Usage(`--${name} needs a value`);
    options[name] = value;
  }
  if (command.length === 0) throw new Usage("give a command, for example: tenant list");
  const { json, data, stack, ...rest } = options;
  return {
    command,
    options: rest,
    json: json === true,
    data: typeof data === "string" ? data : undefined,
    stack: typeof stack === "string" ? stack : "Warifu",
  };
}
