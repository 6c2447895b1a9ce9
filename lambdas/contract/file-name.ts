/**
 * UTF-8 octets of a name, or of a path in an archive. File systems take 255 for a name, Windows 260 UTF-16 units for a
 * whole path: this leaves room for the folder that it is saved in.
 */
export const longestFileName = 120;

/** All that no system, shell or unpacker reads as more than a letter of a name. */
const special = /[^\p{L}\p{M}\p{N}._@-]+/gu;
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;
/** A leading point hides a file, a leading hyphen is an option, a mark has no letter; Windows drops points at the end. */
const edges = /^[\p{M}.@_-]+|[._-]+$/gu;
/** Windows keeps these for devices, whatever follows the first point. */
const reserved = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;

/** UTF-8 octets of a character, by its code point. */
function octets(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}

/**
 * A name for a file that we make, which every file system and unpacker takes as it is: at most `longest` octets, nothing
 * that Windows, macOS or a shell treats as special. What a stem may not hold becomes a hyphen; `ending` is ours, e.g. `.p12`.
 */
export function fileName(stem: string, ending: string, longest = longestFileName): string {
  const plain =
    stem.replaceAll(invisible, "").normalize("NFC").replaceAll(special, "-").replaceAll(edges, "") || "file";
  const named = reserved.test(plain) ? `_${plain}` : plain;
  let room = longest;
  for (const character of ending) room -= octets(character);
  let kept = "";
  for (const character of named) {
    room -= octets(character);
    if (room < 0) break;
    kept += character;
  }
  return kept.replaceAll(/[._-]+$/g, "") + ending;
}

/** `新規.csv`, `_エラー一覧.csv` → `新規_エラー一覧.csv`: a name for what we make of an uploaded file. */
export const nameAfter = (uploaded: string, ending: string): string =>
  fileName(uploaded.replace(/\.[A-Za-z0-9]{1,4}$/, ""), ending);

/** Whether case or the form of a letter counts is each file system's own choice. */
const key = (name: string): string => name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");

/**
 * Names for files of one folder, in the order given, that no file system takes for one another. Each is the short stem
 * where nobody else has it, else the long one, at last with a number.
 */
export function fileNamesApart(
  stems: readonly { readonly short: string; readonly long: string }[],
  ending: string,
  longest = longestFileName,
): readonly string[] {
  const shorts = stems.map(({ short }) => fileName(short, ending, longest));
  const wanted = new Map<string, number>();
  for (const name of shorts) wanted.set(key(name), (wanted.get(key(name)) ?? 0) + 1);
  /** Names that are given, each with the last number behind it: 10,000 of one stem take 10,000 steps. */
  const taken = new Map<string, number>();
  return stems.map(({ short, long }, at) => {
    const stem = wanted.get(key(shorts[at] ?? "")) === 1 ? short : long;
    const plain = fileName(stem, ending, longest);
    let number = taken.get(key(plain)) ?? 1;
    let name = plain;
    while (taken.has(key(name))) name = fileName(stem, `-${++number}${ending}`, longest);
    taken.set(key(plain), number);
    if (name !== plain) taken.set(key(name), 1);
    return name;
  });
}
