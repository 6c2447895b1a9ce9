import type { Json, Operation, Units } from "../protocol.ts";
import { readItem } from "./attribute.ts";
import { consumedWanted, readUnits, report } from "./capacity.ts";
import type { Condition, Operand } from "./condition.ts";
import { parseCondition } from "./condition-parser.ts";
import { projection } from "./items.ts";
import { keyRange } from "./key-condition.ts";
import { page } from "./pages.ts";
import { allow, choice, flag, invalid, optionalCount, optionalRecord, optionalText, text } from "./parameters.ts";
import { pick, type PathTree } from "./path.ts";
import { placeholders } from "./placeholders.ts";
import { type Index, keyAttributes, type Table } from "./schema.ts";
import type { Store } from "./store.ts";
import { indexOf, tableOf } from "./table.ts";

const PARAMETERS = [
  "TableName",
  "IndexName",
  "ConsistentRead",
  "ExclusiveStartKey",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "FilterExpression",
  "KeyConditionExpression",
  "Limit",
  "ProjectionExpression",
  "ReturnConsumedCapacity",
  "ScanIndexForward",
  "Select",
];
const SELECT = ["", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"] as const;

function checkSelect(selected: (typeof SELECT)[number], index: Index | undefined, tree: PathTree | undefined): void {
  if (selected === "ALL_PROJECTED_ATTRIBUTES" && index === undefined) {
    throw invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  }
  if (selected === "ALL_ATTRIBUTES" && index?.projected !== undefined) {
    throw invalid(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  if (selected === "SPECIFIC_ATTRIBUTES" && tree === undefined) {
    throw invalid("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
  }
  if (tree !== undefined && selected !== "" && selected !== "SPECIFIC_ATTRIBUTES") {
    const shown = selected === "COUNT" ? "only the Count" : selected;
    throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${shown}`);
  }
  const shown = index?.projected;
  const missing =
    shown === undefined ? [] : (tree?.paths ?? []).map(([name]) => name).filter((name) => !shown.includes(name));
  if (index !== undefined && missing.length > 0) {
    throw invalid(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${missing.join(", ")}]`,
    );
  }
}

function namesOf(condition: Condition): readonly string[] {
  const ofOperand = (operand: Operand): string[] => {
    if (operand.kind === "path") return [operand.path[0]];
    return operand.kind === "size" ? ofOperand(operand.of) : [];
  };
  switch (condition.kind) {
    case "and":
    case "or":
      return [...namesOf(condition.left), ...namesOf(condition.right)];
    case "not":
      return namesOf(condition.condition);
    case "compare":
      return [condition.left, condition.right].flatMap(ofOperand);
    case "between":
      return [condition.operand, condition.low, condition.high].flatMap(ofOperand);
    case "in":
      return [condition.operand, ...condition.options].flatMap(ofOperand);
    case "exists":
    case "absent":
      return [condition.path[0]];
    case "type":
      return ofOperand(condition.operand);
    case "begins":
    case "contains":
    default:
      return [condition.operand, condition.argument].flatMap(ofOperand);
  }
}

function refuseKeysInFilter(filter: Condition, table: Table, index: Index | undefined): void {
  const names = new Set(namesOf(filter));
  const key = keyAttributes(index?.keys ?? table.keys).find(({ name }) => names.has(name));
  if (key !== undefined) {
    throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`);
  }
}

function query(store: Store, input: Json, count: (units: Units) => void): Json {
  consumedWanted(input);
  const table = tableOf(store, text(input, "TableName"));
  const indexName = optionalText(input, "IndexName");
  const index = indexName === undefined ? undefined : indexOf(table, indexName);
  const consistent = flag(input, "ConsistentRead", false);
  if (consistent && index !== undefined)
    throw invalid("Consistent reads are not supported on global secondary indexes");
  const scope = placeholders(input);
  const condition = optionalText(input, "KeyConditionExpression");
  if (condition === undefined) {
    throw invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  }
  const parsed = parseCondition("KeyConditionExpression", condition, scope);
  const filterText = optionalText(input, "FilterExpression");
  const filter = filterText === undefined ? undefined : parseCondition("FilterExpression", filterText, scope);
  const tree = projection(input, scope);
  scope.finish();
  const selected = choice(input, "Select", SELECT);
  checkSelect(selected, index, tree);
  const range = keyRange(parsed, index?.keys ?? table.keys);
  if (filter !== undefined) refuseKeysInFilter(filter, table, index);
  const startKey = optionalRecord(input, "ExclusiveStartKey");
  const start = startKey === undefined ? undefined : readItem(startKey);
  const forward = flag(input, "ScanIndexForward", true);
  const found = page(store, { table, index, range, forward, start }, optionalCount(input, "Limit"), filter);
  const units = readUnits(found.bytes, consistent);
  const spent = [{ table: table.name, units, ...(index !== undefined && { index: index.name }) }];
  const items = tree === undefined ? found.items : found.items.map((item) => pick(item, tree));
  return {
    ...(selected !== "COUNT" && { Items: items }),
    Count: items.length,
    ScannedCount: found.evaluated,
    ...(found.last !== undefined && { LastEvaluatedKey: found.last }),
    ...report(input, "read", spent, count),
  };
}

/** Query. */
export function queryOperations(store: Store): Record<string, Operation> {
  return {
    Query(input, count) {
      allow(input, PARAMETERS, "Query");
      return query(store, input, count);
    },
  };
}
