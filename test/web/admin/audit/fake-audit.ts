import type { AdminRoutes } from "../../../../lambdas/contract/admin.ts";
import { type AuditKind, type AuditLineView, auditActions } from "../../../../lambdas/contract/audit.ts";
import type { Query, Reply } from "../../../../lambdas/contract/route.ts";

const isOf = (kind: AuditKind, action: string) => auditActions[kind].some((one: string) => one === action);
const pageSize = 3;

/** The audit in memory: `lines` in the order in which they are shown. */
export function fakeAudit() {
  const lines: AuditLineView[] = [];
  const page = ({ kind, cursor }: Query<AdminRoutes["listAudit"]>): Reply<AdminRoutes["listAudit"]> => {
    const asked = lines.filter(({ action }) => kind === undefined || kind.some((one) => isOf(one, action)));
    const from = Number(cursor?.slice(-1) ?? 0);
    return {
      lines: asked.slice(from, from + pageSize),
      lookedTo: "2026/11/01",
      ...(asked.length > from + pageSize ? { next: `2026-12-01.00000000000${from + pageSize}` } : {}),
    };
  };
  return { lines, page };
}
