import { useCallback, useEffect, useState } from "react";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { Refused } from "../../shared/call.ts";
import { useCall } from "../frame/contexts.ts";
import { navigate, useHashSearch } from "../frame/hash-address.ts";
import { usePolling } from "../frame/use-polling.ts";
import { useCount } from "./use-count.ts";
import {
  addressOf,
  openCertificate,
  type Position,
  queryOf,
  searchOf,
  type View,
  viewOf,
  withOpenCertificate,
} from "./list-view.ts";
import type { OrganizationPath } from "./organization-path.ts";

/** So many rows being issued are asked one by one; more of them cost less as one page. */
const askedOneByOne = 5;

/** How each list was last looked at, so that a visit to another page leads back to the same rows. A reload keeps the address alone. */
const lastSearches = new Map<string, string>();

type Page = {
  readonly rows: readonly CertificateRow[];
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** How many rows a search looked at, where it stopped before the page was full. */
  readonly looked?: number | undefined;
};
const nothing: Page = { rows: [] };

/** The list of one service and organization, a page at a time, live while something on it is being issued. */
export function useCertificatePages({ serviceId, organizationId }: OrganizationPath) {
  const call = useCall();
  const path = `/subscribers/${serviceId}/${organizationId}`;
  const given = useHashSearch();
  const [search, open] = [withOpenCertificate(given, undefined), openCertificate(given)];
  const [page, setPage] = useState<Page>(nothing);
  const [loading, setLoading] = useState(true);
  const [cause, setCause] = useState<unknown>();
  const [round, setRound] = useState(0);
  const view = viewOf(search);

  const show = (next: View, replace = false) =>
    navigate(addressOf(path, withOpenCertificate(searchOf(next), open)), { replace });
  const goTo = (position: Position, number?: number, looked = 0) =>
    show({ ...withoutNumber(view), position, looked, ...(number === undefined ? {} : { number }) });

  useEffect(() => {
    const before = lastSearches.get(path);
    if (given === "" && before) navigate(addressOf(path, before), { replace: true });
  }, [path]);
  useEffect(() => void lastSearches.set(path, search), [path, search]);

  const read = useCallback(
    (signal: AbortSignal) =>
      call("listCertificates", { params: { serviceId, organizationId }, query: queryOf(viewOf(search)), signal }),
    [call, serviceId, organizationId, search],
  );

  const showPage = (fresh: Page) => {
    setCause(undefined);
    if (fresh.looked !== undefined) return setPage(fresh);
    // What stood on this page has gone since: the list begins again. Nothing is beyond a value that was jumped to: that is its end.
    if (fresh.rows.length === 0 && view.position.at !== "first")
      return show({ ...withoutNumber(view), position: { at: view.position.at === "value" ? "last" : "first" } }, true);
    // Less than a page is before it: the list from its beginning says more.
    if (view.position.at === "before" && fresh.previous === undefined && fresh.rows.length < view.size)
      return show({ ...withoutNumber(view), position: { at: "first" } }, true);
    setPage(fresh);
  };

  useEffect(() => {
    const left = new AbortController();
    setLoading(true);
    read(left.signal)
      .then(showPage, (failure: unknown) => {
        if (left.signal.aborted) return;
        // An address of another time, or mistyped: the list is still there.
        if (isBadRequest(failure) && view.position.at !== "first")
          show({ ...withoutNumber(view), position: { at: "first" } }, true);
        else setCause(failure);
      })
      .finally(() => {
        if (!left.signal.aborted) setLoading(false);
      });
    return () => left.abort();
  }, [read, round]);

  const { total, counting } = useCount({ serviceId, organizationId }, view.asked, round);

  const replace = useCallback(
    (fresh: CertificateRow) =>
      setPage((now) => ({
        ...now,
        rows: now.rows.map((row) => (row.certificateId === fresh.certificateId ? fresh : row)),
      })),
    [],
  );

  const issuing = page.rows.filter((row) => row.status === "issuing");
  usePolling(issuing.length > 0 && !loading ? "moving" : "still", async (signal) => {
    if (issuing.length > askedOneByOne) {
      const list = await read(signal);
      if (!signal.aborted) showPage(list);
      return;
    }
    for (const { certificateId } of issuing) {
      const row = await call("getCertificate", { params: { certificateId }, signal });
      if (!signal.aborted) replace(row);
    }
  });

  const { rows, previous, next, looked } = page;
  const number =
    view.position.at === "last" && total !== undefined && !counting ? total - rows.length + 1 : view.number;
  const numbered = (first: number | undefined) => (first === undefined ? undefined : Math.max(1, first));
  return {
    view,
    rows,
    loading,
    /** How many rows the list has, or the search finds, as soon as it is known. */
    total: counting ? undefined : total,
    /** At least so many, while the rows of a search are being counted. */
    atLeast: counting ? total : undefined,
    /** How many rows the search has looked at up to here, where there are others and the page is not full. */
    looked: looked === undefined ? undefined : view.looked + looked,
    /** The number of the first row, where it is known. */
    number,
    /** Why the list could not be read, or `undefined`. */
    cause,
    /** The certificate whose details are open. */
    open,
    /** The address of this page with a certificate's details open. */
    openAt: useCallback(
      (certificateId: string) => addressOf(path, withOpenCertificate(search, certificateId)),
      [path, search],
    ),
    close: () => navigate(addressOf(path, search)),
    /** Another order begins at its first page. */
    sortBy: (order: Pick<View, "sort" | "descending">) =>
      show({ ...withoutNumber(view), ...order, position: { at: "first" } }),
    resize: (size: number) => show({ ...withoutNumber(view), size, position: { at: "first" } }),
    /** Where each way leads, `undefined` where there is nothing. */
    ways: {
      first: previous === undefined ? undefined : () => goTo({ at: "first" }),
      previous:
        previous === undefined
          ? undefined
          : () =>
              goTo({ at: "before", cursor: previous }, numbered(number === undefined ? undefined : number - view.size)),
      next:
        next === undefined
          ? undefined
          : () =>
              goTo(
                { at: "after", cursor: next },
                numbered(number === undefined ? undefined : number + rows.length),
                looked === undefined ? 0 : view.looked + looked,
              ),
      last: next === undefined ? undefined : () => goTo({ at: "last" }),
    },
    jump: (value: string) => goTo({ at: "value", value }),
    refresh: () => setRound((before) => before + 1),
    replace,
  };
}

function withoutNumber({ number: _, ...view }: View): View {
  return view;
}

const isBadRequest = (failure: unknown) => failure instanceof Refused && failure.problem?.status === 400;
