import type { ImportError } from "./import-error.ts";

/** From this many rows on, an error that all of them have has one cause, and a list of it helps nobody. */
const fewestRows = 10;

/** A file's errors, of which those that each of its rows has alike are said once, of all rows (row 0). */
export function saidOnce(errors: readonly ImportError[], rows: number): readonly ImportError[] {
  if (rows < fewestRows || errors.length < rows) return errors;
  const counts = new Map<string, number>();
  for (const error of errors) counts.set(kindOf(error), (counts.get(kindOf(error)) ?? 0) + 1);
  const common = new Map<string, ImportError>();
  const rest = errors.filter((error) => {
    const kind = kindOf(error);
    if (counts.get(kind) !== rows) return true;
    const { row: _, value: __, ...alike } = error;
    common.set(kind, { row: 0, ...alike });
    return false;
  });
  return [...common.values(), ...rest];
}

const kindOf = ({ column, code, facts }: ImportError): string => `${column} ${code} ${JSON.stringify(facts)}`;
