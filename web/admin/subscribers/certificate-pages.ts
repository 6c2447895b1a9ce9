import { useCallback, useEffect, useState } from "react";
import type { ListOrder } from "../../../lambdas/contract/lists.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useCall } from "../frame/contexts.ts";
import { usePolling } from "../frame/use-polling.ts";
import type { OrganizationPath } from "./organization-path.ts";

/** Rows on a page: as many as stay quick to draw and to read. */
const pageSize = 50;
/** So many rows being issued are asked one by one; more of them cost less as one page. */
const askedOneByOne = 5;

/** How the list is looked at: sorted by what, and which page. `cursors[n]` opens page n; the first has none. */
export type View = {
  readonly sort: ListOrder;
  readonly descending: boolean;
  readonly cursors: readonly (string | undefined)[];
  readonly page: number;
};

const firstPage = { cursors: [undefined], page: 0 } as const;

/** How each list was last looked at, so that a visit to another page leads back to the same rows. A reload forgets. */
const lastViews = new Map<string, View>();

/** The list of one service and organization, a page at a time, live while something on it is being issued. */
export function useCertificatePages({ serviceId, organizationId }: OrganizationPath) {
  const call = useCall();
  const list = `${serviceId} ${organizationId}`;
  const [view, setView] = useState<View>(
    () => lastViews.get(list) ?? { sort: "name", descending: false, ...firstPage },
  );
  useEffect(() => void lastViews.set(list, view), [list, view]);
  const [rows, setRows] = useState<readonly CertificateRow[]>([]);
  const [loading, setLoading] = useState(true);
  const [cause, setCause] = useState<unknown>();
  const [round, setRound] = useState(0);

  const { sort, descending, page } = view;
  const cursor = view.cursors[page];
  const read = useCallback(
    (signal: AbortSignal) =>
      call("listCertificates", {
        params: { serviceId, organizationId },
        query: { sort, order: descending ? "desc" : "asc", limit: pageSize, cursor },
        signal,
      }),
    [call, serviceId, organizationId, sort, descending, cursor],
  );

  const show = useCallback((list: { rows: readonly CertificateRow[]; next?: string | undefined }) => {
    setRows(list.rows);
    setCause(undefined);
    setView((now) => {
      // What stood on this page has gone since: the list begins again.
      if (list.rows.length === 0 && now.page > 0) return { ...now, ...firstPage };
      const known = now.cursors.slice(0, now.page + 1);
      return { ...now, cursors: list.next === undefined ? known : [...known, list.next] };
    });
  }, []);

  useEffect(() => {
    const left = new AbortController();
    setLoading(true);
    read(left.signal)
      .then(show, (failure: unknown) => {
        if (!left.signal.aborted) setCause(failure);
      })
      .finally(() => {
        if (!left.signal.aborted) setLoading(false);
      });
    return () => left.abort();
  }, [read, show, round]);

  const replace = useCallback(
    (fresh: CertificateRow) =>
      setRows((now) => now.map((row) => (row.certificateId === fresh.certificateId ? fresh : row))),
    [],
  );

  const issuing = rows.filter((row) => row.status === "issuing");
  usePolling(issuing.length > 0 && !loading, async (signal) => {
    if (issuing.length > askedOneByOne) {
      const list = await read(signal);
      if (!signal.aborted) show(list);
      return;
    }
    for (const { certificateId } of issuing) {
      const row = await call("getCertificate", { params: { certificateId }, signal });
      if (!signal.aborted) replace(row);
    }
  });

  return {
    view,
    rows,
    loading,
    /** Why the list could not be read, or `undefined`. */
    cause,
    /** Another order begins at its first page. */
    sortBy: (order: Pick<View, "sort" | "descending">) => setView({ ...order, ...firstPage }),
    turnTo: (to: number) => setView((now) => ({ ...now, page: Math.min(to, now.cursors.length - 1) })),
    refresh: () => setRound((before) => before + 1),
    replace,
  };
}
