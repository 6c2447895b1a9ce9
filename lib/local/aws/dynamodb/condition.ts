import type { AttributeType, AttributeValue, Item } from "./attribute.ts";
import { typeOf } from "./attribute.ts";
import { beginsWith, contains, equal, order, sizeOf } from "./compare.ts";
import { type Path, valueAt } from "./path.ts";

/** The comparison signs. */
export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** What a condition compares. */
export type Operand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | { readonly kind: "size"; readonly of: Operand };

/** A parsed condition with its #names and :values filled in. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "compare"; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "between"; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: "in"; readonly operand: Operand; readonly options: readonly Operand[] }
  | { readonly kind: "exists" | "absent"; readonly path: Path }
  | { readonly kind: "type"; readonly operand: Operand; readonly type: AttributeType }
  | { readonly kind: "begins" | "contains"; readonly operand: Operand; readonly argument: Operand };

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === "path") return valueAt(item, operand.path);
  if (operand.kind === "value") return operand.value;
  const value = resolve(operand.of, item);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  // An absent attribute equals nothing: `<>` holds for it, every other comparison fails.
  if (left === undefined || right === undefined) return comparator === "<>";
  if (comparator === "=") return equal(left, right);
  if (comparator === "<>") return !equal(left, right);
  const ordered = order(left, right);
  if (ordered === undefined) return false;
  if (comparator === "<") return ordered < 0;
  if (comparator === "<=") return ordered <= 0;
  return comparator === ">" ? ordered > 0 : ordered >= 0;
}

/** Whether a condition holds for an item; an absent item is one without attributes. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case "and":
      return holds(condition.left, item) && holds(condition.right, item);
    case "or":
      return holds(condition.left, item) || holds(condition.right, item);
    case "not":
      return !holds(condition.condition, item);
    case "compare":
      return compare(condition.comparator, resolve(condition.left, item), resolve(condition.right, item));
    case "between": {
      const value = resolve(condition.operand, item);
      return compare(">=", value, resolve(condition.low, item)) && compare("<=", value, resolve(condition.high, item));
    }
    case "in": {
      const value = resolve(condition.operand, item);
      return condition.options.some((option) => compare("=", value, resolve(option, item)));
    }
    case "exists":
      return valueAt(item, condition.path) !== undefined;
    case "absent":
      return valueAt(item, condition.path) === undefined;
    case "type": {
      const value = resolve(condition.operand, item);
      return value !== undefined && typeOf(value) === condition.type;
    }
    case "begins":
    case "contains":
    default: {
      const [value, argument] = [resolve(condition.operand, item), resolve(condition.argument, item)];
      if (value === undefined || argument === undefined) return false;
      return condition.kind === "begins" ? beginsWith(value, argument) : contains(value, argument);
    }
  }
}
