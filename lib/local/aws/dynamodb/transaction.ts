import { createHash } from "node:crypto";
import { AwsError, type Json, type Operation } from "../protocol.ts";
import { itemSize } from "./attribute.ts";
import { itemIdentity } from "./batch.ts";
import { consumedWanted, readUnits, report, type Spent, times } from "./capacity.ts";
import { allow, choice, invalid, isJson, optionalText, record, records } from "./parameters.ts";
import type { Store } from "./store.ts";
import { checkOrder, CONDITIONAL, deleteOrder, perform, putOrder, updateOrder, type WriteOrder } from "./write.ts";

/** How long a ClientRequestToken is remembered, in milliseconds (API reference, TransactWriteItems). */
export const TOKEN_LIFE = 10 * 60_000;

const MAXIMUM_ACTIONS = 100;
const MAXIMUM_BYTES = 4 * 1024 * 1024;
const ACTIONS = {
  Put: { read: putOrder, parameters: ["Item"] },
  Update: { read: updateOrder, parameters: ["Key", "UpdateExpression"] },
  Delete: { read: deleteOrder, parameters: ["Key"] },
  ConditionCheck: { read: checkOrder, parameters: ["Key"] },
} as const;

type Reason = { readonly Code: string; readonly Message?: string; readonly Item?: unknown };

function actionsOf(input: Json): readonly Json[] {
  const actions = records(input, "TransactItems");
  if (actions.length === 0 || actions.length > MAXIMUM_ACTIONS) {
    const bound = actions.length === 0 ? "greater than or equal to 1" : `less than or equal to ${MAXIMUM_ACTIONS}`;
    throw invalid(
      `1 validation error detected: Value '${actions.length} actions' at 'transactItems' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  return actions;
}

function orderOf(store: Store, action: Json): WriteOrder {
  allow(action, Object.keys(ACTIONS), "TransactWriteItems");
  const kinds = (["Put", "Update", "Delete", "ConditionCheck"] as const).filter((kind) => isJson(action[kind]));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const body = record(action, kind);
  allow(body, [...CONDITIONAL, ...ACTIONS[kind].parameters], `TransactWriteItems ${kind}`);
  if (kind === "ConditionCheck" || kind === "Update") {
    const required = kind === "Update" ? "UpdateExpression" : "ConditionExpression";
    if (optionalText(body, required) === undefined)
      throw invalid(`TransactWriteItems ${kind}: ${required} must not be null`);
  }
  return ACTIONS[kind].read(store, body);
}

function canceled(reasons: readonly Reason[]): AwsError {
  const codes = reasons.map(({ Code }) => Code).join(", ");
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsError("TransactionCanceledException", message, 400, { CancellationReasons: reasons });
}

/** Does every action, or throws with the reasons of all that failed, so that SQLite rolls back. */
function performAll(store: Store, orders: readonly WriteOrder[], spent: Spent[]): void {
  let bytes = 0;
  const reasons = orders.map((order): Reason => {
    try {
      const outcome = perform(store, order);
      spent.push(...times(2, outcome.spent));
      bytes += outcome.after === undefined ? 0 : itemSize(outcome.after);
      if (outcome.done) return { Code: "None" };
      const item = order.returnOnFailure && outcome.before !== undefined ? { Item: outcome.before } : {};
      return { Code: "ConditionalCheckFailed", Message: "The conditional request failed", ...item };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { Code: "ValidationError", Message: error.message };
    }
  });
  if (reasons.some(({ Code }) => Code !== "None")) throw canceled(reasons);
  if (bytes > MAXIMUM_BYTES) throw invalid("The aggregate size of the items in the transaction exceeded 4 MB");
}

/** True if the same request was done in the last ten minutes; refuses another request with its token. */
function repeated(store: Store, token: string, digest: Uint8Array, now: number): boolean {
  for (const { digest: known, at } of store.rows("SELECT digest, at FROM tokens WHERE token = ?", [token])) {
    if (typeof at !== "number" || at <= now - TOKEN_LIFE || !(known instanceof Uint8Array)) continue;
    if (Buffer.compare(known, digest) === 0) return true;
    throw new AwsError(
      "IdempotentParameterMismatchException",
      "Another transaction was made with this ClientRequestToken within ten minutes; send the same request or another token",
    );
  }
  return false;
}

/** TransactWriteItems. Transactions never conflict here, because one process does one call after another. */
export function transactionOperations(store: Store, now: () => number): Record<string, Operation> {
  return {
    TransactWriteItems(input, count) {
      const options = ["TransactItems", "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"];
      allow(input, options, "TransactWriteItems");
      consumedWanted(input);
      choice(input, "ReturnItemCollectionMetrics", ["NONE"]);
      const orders = actionsOf(input).map((action) => orderOf(store, action));
      const identities = new Set(orders.map(({ table, key }) => itemIdentity(table, key)));
      if (identities.size !== orders.length) {
        throw invalid("Transaction request cannot include multiple operations on one item");
      }
      const token = optionalText(input, "ClientRequestToken");
      if (token !== undefined && (token === "" || token.length > 36)) {
        throw invalid(
          `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36`,
        );
      }
      const digest = createHash("sha256").update(JSON.stringify(input["TransactItems"])).digest();
      const spent: Spent[] = [];
      try {
        const done = store.atomically(() => {
          if (token !== undefined && repeated(store, token, digest, now())) return false;
          performAll(store, orders, spent);
          if (token !== undefined)
            store.run("INSERT OR REPLACE INTO tokens (token, digest, at) VALUES (?, ?, ?)", [token, digest, now()]);
          return true;
        });
        if (done) return report(input, "write", spent, count, "list");
      } catch (error) {
        report({}, "write", spent, count);
        throw error;
      }
      const reads = orders.map(({ table, key }) => ({
        table: table.name,
        units: 2 * readUnits(store.find(table, key)?.size ?? 0, true),
      }));
      return report(input, "read", reads, count, "list");
    },
  };
}
