import type { EndOrder } from "../issuance/end-order.ts";
import type { Imports, RowEnd } from "./job.ts";

/** Ends the row of the file that ordered a certificate. Fails with `RowMoved` unless the row is "issuing". */
export const endRowOf =
  (imports: Pick<Imports, "endRow">): EndOrder =>
  ({ tenantId, importRow }, end) => {
    if (importRow === undefined) return [];
    const ended: RowEnd =
      end.status === "issued"
        ? { state: "done" }
        : { state: "failed", error: { code: "issuanceFailed", facts: { reason: end.error } } };
    return imports.endRow({ tenantId, ...importRow }, "issuing", ended);
  };
