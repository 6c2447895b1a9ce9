import { type ImportLayout, leastColumns } from "../../contract/import-layouts.ts";
import { FileRefusal } from "./file-refusal.ts";

/** What other programs, and Japanese keyboards, put between columns. */
const others = ["\t", ";", "；", "，", "、", "|", "｜"] as const;

/** A file that is separated otherwise is so from its beginning: lines, and characters. */
const looked = { lines: 100, characters: 200_000 };

/**
 * Refuses a text whose columns are separated by other characters than commas: no line has enough commas for its
 * layout, and most have enough of one other character.
 *
 * @throws FileRefusal
 */
export function refuseOtherSeparators(text: string, layout: ImportLayout): void {
  const needed = leastColumns(layout) - 1;
  if (needed === 0) return;
  const lines = separatorsByLine(text);
  if (lines.length === 0 || lines.some((counts) => (counts.get(",") ?? 0) >= needed)) return;
  const used = others.find(
    (other) => lines.filter((counts) => (counts.get(other) ?? 0) >= needed).length * 2 > lines.length,
  );
  if (used === "\t") throw new FileRefusal("fileIsTabSeparated");
  if (used !== undefined) throw new FileRefusal("fileIsSeparatedOtherwise", { facts: { character: used } });
}

/** How often each separator occurs in each of the first lines that are not blank, outside of quotes. */
function separatorsByLine(text: string): readonly ReadonlyMap<string, number>[] {
  const lines: Map<string, number>[] = [];
  const known = new Set<string>([",", ...others]);
  let counts = new Map<string, number>();
  let blank = true;
  let quoted = false;
  for (let at = 0; at < Math.min(text.length, looked.characters) && lines.length < looked.lines; at++) {
    const mark = text[at] ?? "";
    if (mark === '"') quoted = !quoted;
    if (!quoted && (mark === "\n" || mark === "\r")) {
      if (!blank) lines.push(counts);
      counts = new Map();
      blank = true;
      continue;
    }
    if (!quoted && known.has(mark)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    blank &&= /\s/.test(mark);
  }
  return blank || lines.length === looked.lines ? lines : [...lines, counts];
}
