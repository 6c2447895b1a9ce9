/** A result for people: text as it is, one `name: value` a line, lists as one block each. */
export function printed(result: unknown): string {
  if (typeof result === "string") return result.trimEnd();
  if (Array.isArray(result)) return result.length === 0 ? "(none)" : result.map(printed).join("\n\n");
  if (typeof result !== "object" || result === null) return String(result);
  return Object.entries(result)
    .map(
      ([name, value]) =>
        `${name}: ${typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)}`,
    )
    .join("\n");
}
