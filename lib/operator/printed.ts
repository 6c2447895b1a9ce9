/**
 * A result as text for people: one `name: value` a line, each entry of a list as a block, nested values
 * indented below their name.
 */
export function printed(result: unknown): string {
  if (typeof result === "string") return result.trimEnd();
  if (Array.isArray(result)) return result.length === 0 ? "(none)" : result.map(printed).join("\n\n");
  if (typeof result !== "object" || result === null) return String(result);
  return Object.entries(result)
    .map(([name, value]: [string, unknown]) =>
      isPlain(value) ? `${name}: ${plain(value)}` : `${name}:\n${printed(value).replaceAll(/^(?=.)/gm, "  ")}`,
    )
    .join("\n");
}

const isPlain = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Array.isArray(value) && value.every((one) => typeof one !== "object"));

const plain = (value: unknown): string =>
  Array.isArray(value) ? (value.length === 0 ? "(none)" : value.join(", ")) : String(value);
