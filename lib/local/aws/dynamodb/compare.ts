import { attributeOf, type AttributeValue, type Item, typeOf } from "./attribute.ts";
import { compareNumbers } from "./decimal.ts";

/** The order of two values of one ordered type (S by UTF-8 bytes, N, B); undefined when they have no order. */
export function order(a: AttributeValue, b: AttributeValue): number | undefined {
  if ("S" in a && "S" in b) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if ("N" in a && "N" in b) return compareNumbers(a.N, b.N);
  if ("B" in a && "B" in b) return Buffer.compare(Buffer.from(a.B, "base64"), Buffer.from(b.B, "base64"));
  return undefined;
}

/** Equality of type and content; sets and maps without regard to order. */
export function equal(a: AttributeValue, b: AttributeValue): boolean {
  if ("S" in a) return "S" in b && a.S === b.S;
  if ("N" in a) return "N" in b && a.N === b.N;
  if ("B" in a) return "B" in b && a.B === b.B;
  if ("BOOL" in a) return "BOOL" in b && a.BOOL === b.BOOL;
  if ("NULL" in a) return "NULL" in b;
  if ("L" in a) {
    if (!("L" in b) || a.L.length !== b.L.length) return false;
    const other = b.L;
    return a.L.every((entry, index) => {
      const opposite = other[index];
      return opposite !== undefined && equal(entry, opposite);
    });
  }
  if ("M" in a) return "M" in b && equalItems(a.M, b.M);
  if (typeOf(a) !== typeOf(b)) return false;
  const [left, right] = [elements(a), new Set(elements(b))];
  return left.length === right.size && left.every((entry) => right.has(entry));
}

/** Equality of all attributes of two items or maps. */
export function equalItems(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [left, right] = [attributeOf(a, name), attributeOf(b, name)];
      return left !== undefined && right !== undefined && equal(left, right);
    })
  );
}

/** The elements of a set; of any other type none. */
export function elements(value: AttributeValue): readonly string[] {
  if ("SS" in value) return value.SS;
  if ("NS" in value) return value.NS;
  if ("BS" in value) return value.BS;
  return [];
}

/** The function begins_with: S on S, B on B, else false. */
export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ("S" in value && "S" in prefix) return value.S.startsWith(prefix.S);
  if (!("B" in value && "B" in prefix)) return false;
  const start = Buffer.from(prefix.B, "base64");
  return Buffer.from(value.B, "base64").subarray(0, start.length).equals(start);
}

/** The function contains: a substring, an element of a set, an entry of a list. */
export function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ("S" in value) return "S" in part && value.S.includes(part.S);
  if ("B" in value) return "B" in part && Buffer.from(value.B, "base64").includes(Buffer.from(part.B, "base64"));
  if ("SS" in value) return "S" in part && value.SS.includes(part.S);
  if ("NS" in value) return "N" in part && value.NS.includes(part.N);
  if ("BS" in value) return "B" in part && value.BS.includes(part.B);
  return "L" in value && value.L.some((entry) => equal(entry, part));
}

/** The function size: characters of S, bytes of B, entries of a set, list or map; undefined for what has no size. */
export function sizeOf(value: AttributeValue): number | undefined {
  if ("S" in value) return value.S.length;
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("L" in value) return value.L.length;
  if ("M" in value) return Object.keys(value.M).length;
  const entries = elements(value);
  return entries.length === 0 ? undefined : entries.length;
}
