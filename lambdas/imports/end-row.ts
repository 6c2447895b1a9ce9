import type { EndOrder } from "../issuance/end-order.ts";
import type { RowEnd, Rows } from "./job.ts";

/** Ends the row of the file that ordered a certificate. Fails with `RowMoved` unless the row is "issuing". */
export const endRowOf =
  (rows: Pick<Rows, "end">): EndOrder =>
  ({ tenantId, importRow }, end) => {
    if (importRow === undefined) return [];
    const ended: RowEnd =
      end.status === "issued"
        ? { state: "done" }
        : { state: "failed", error: { code: "issuanceFailed", facts: { reason: end.error } } };
    return rows.end({ tenantId, ...importRow }, "issuing", ended);
  };
