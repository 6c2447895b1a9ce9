import { attributeOf, type AttributeValue, type Item, typeOf } from "./attribute.ts";
import { elements } from "./compare.ts";
import { addNumbers } from "./decimal.ts";
import { invalid } from "./parameters.ts";
import { type Path, valueAt } from "./path.ts";
import type { Term, Update } from "./update-parser.ts";

const wrongType = () => invalid("An operand in the update expression has an incorrect data type");
const wrongPath = () => invalid("The document path provided in the update expression is invalid for update");

function compute(term: Term, item: Item): AttributeValue {
  switch (term.kind) {
    case "value":
      return term.value;
    case "path": {
      const value = valueAt(item, term.path);
      if (value === undefined)
        throw invalid("The provided expression refers to an attribute that does not exist in the item");
      return value;
    }
    case "otherwise":
      return valueAt(item, term.path) ?? compute(term.term, item);
    case "append": {
      const [left, right] = [compute(term.left, item), compute(term.right, item)];
      if (!("L" in left && "L" in right)) throw wrongType();
      return { L: [...left.L, ...right.L] };
    }
    case "plus":
    case "minus":
    default: {
      const [left, right] = [compute(term.left, item), compute(term.right, item)];
      if (!("N" in left && "N" in right)) throw wrongType();
      return { N: addNumbers(left.N, right.N, term.kind === "minus") };
    }
  }
}

function withSet(like: AttributeValue, entries: readonly string[]): AttributeValue {
  if ("SS" in like) return { SS: entries };
  return "NS" in like ? { NS: entries } : { BS: entries };
}

function added(before: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (before === undefined) return value;
  if ("N" in before && "N" in value) return { N: addNumbers(before.N, value.N) };
  if ("N" in value || typeOf(before) !== typeOf(value)) throw wrongType();
  return withSet(value, [...new Set([...elements(before), ...elements(value)])]);
}

function subtracted(before: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (before === undefined) return undefined;
  if (typeOf(before) !== typeOf(value)) throw wrongType();
  const gone = new Set(elements(value));
  const rest = elements(before).filter((entry) => !gone.has(entry));
  return rest.length === 0 ? undefined : withSet(value, rest);
}

function without(item: Item, name: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([other]) => other !== name));
}

function placedInMap(
  item: Item,
  name: string,
  steps: readonly (string | number)[],
  value: AttributeValue | undefined,
): Item {
  const before = attributeOf(item, name);
  if (steps.length === 0) return value === undefined ? without(item, name) : { ...item, [name]: value };
  if (before === undefined) throw wrongPath();
  return { ...item, [name]: placed(before, steps, value) };
}

function placed(
  container: AttributeValue,
  [step, ...steps]: readonly (string | number)[],
  value: AttributeValue | undefined,
): AttributeValue {
  if (typeof step === "string" && "M" in container) return { M: placedInMap(container.M, step, steps, value) };
  if (typeof step !== "number" || !("L" in container)) throw wrongPath();
  const before = container.L[step];
  if (steps.length > 0) {
    if (before === undefined) throw wrongPath();
    return { L: container.L.with(step, placed(before, steps, value)) };
  }
  if (value === undefined) return { L: container.L.filter((_, index) => index !== step) };
  // Beyond the end, a value is appended without a gap.
  return { L: before === undefined ? [...container.L, value] : container.L.with(step, value) };
}

/** Later list positions first, so that a removal does not move the ones still to be removed. Appends are in ascending order. */
function byPosition(a: Path, b: Path): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (step === other) continue;
    return typeof step === "number" && typeof other === "number" ? step - other : 0;
  }
  return 0;
}

/** The item after an update; all operands refer to the item before the update. */
export function updated(before: Item, update: Update): Item {
  const changes: { path: Path; value: AttributeValue | undefined }[] = [
    ...update.set.map(({ path, term }) => ({ path, value: compute(term, before) })),
    ...update.add.map(({ path, value }) => ({ path, value: added(valueAt(before, path), value) })),
    ...update.delete.map(({ path, value }) => ({ path, value: subtracted(valueAt(before, path), value) })),
    ...update.remove.map((path) => ({ path, value: undefined })),
  ];
  const puts = changes.filter(({ value }) => value !== undefined).toSorted((a, b) => byPosition(a.path, b.path));
  const removals = changes.filter(({ value }) => value === undefined).toSorted((a, b) => byPosition(b.path, a.path));
  let item = before;
  for (const {
    path: [name, ...steps],
    value,
  } of [...puts, ...removals])
    item = placedInMap(item, name, steps, value);
  return item;
}
