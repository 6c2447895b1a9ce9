import { AwsError } from "../protocol.ts";
import { invalid } from "./parameters.ts";
import type { Index, Table } from "./schema.ts";
import type { Store } from "./store.ts";

/** The ARN under which a local table answers. */
export function tableArn(name: string): string {
  return `arn:aws:dynamodb:local:000000000000:table/${name}`;
}

/** A table by its name or ARN; refuses with ResourceNotFoundException. */
export function tableOf(store: Store, nameOrArn: string, message = "Requested resource not found"): Table {
  const table = store.tables.get(nameOrArn.replace(/^arn:aws:dynamodb:[^/]*:table\//, ""));
  if (table === undefined) throw new AwsError("ResourceNotFoundException", message);
  return table;
}

/** An index of a table by name. */
export function indexOf(table: Table, name: string): Index {
  const index = table.indexes.find((each) => each.name === name);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  return index;
}
