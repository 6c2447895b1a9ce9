/** The command line is invalid; exit code 2. */
export class Usage extends Error {}

export type CommandLine = {
  readonly command: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
  readonly json: boolean;
  /** Data folder of a local run; AWS when absent. */
  readonly data: string | undefined;
  readonly stack: string;
};

/** Options that take no value. `--no-issuing` says `issuing` is false. */
const flags = new Set([
  "json",
  "pem",
  "issuing",
  "no-issuing",
  "bulk-download",
  "dry-run",
  "wait",
  "now",
  "allow-own-o",
  "allow-any-mail-domain",
  "allow-no-upn",
]);

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
    if (flags.has(name)) {
      const [meant, yes] = name.startsWith("no-") ? [name.slice("no-".length), false] : [name, true];
      if (options[meant] === !yes) throw new Usage(`--${meant} and --no-${meant} exclude each other`);
      if (Object.hasOwn(options, meant)) throw new Usage(`--${name} is given twice`);
      options[meant] = yes;
      continue;
    }
    if (Object.hasOwn(options, name)) throw new Usage(`--${name} is given twice`);
    const value = typed[++at];
    if (value === undefined || value.startsWith("--")) throw new Usage(`--${name} needs a value`);
    options[name] = value;
  }
  if (command.length === 0) throw new Usage("give a command, for example: tenant list; --help shows all of them");
  const { json, data, stack, ...rest } = options;
  return {
    command,
    options: rest,
    json: json === true,
    data: typeof data === "string" ? data : undefined,
    stack: typeof stack === "string" ? stack : "Warifu",
  };
}
