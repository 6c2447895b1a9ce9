import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation } from "wouter";
import type { CertificateRow, Service, Status } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { useWidth } from "../frame/width.ts";
import { codeWords } from "../words.ts";
import { useCertificatePages } from "./certificate-pages.ts";
import { columns, fullName, orderOf, roomOf } from "./columns.tsx";
import type { OrganizationPath } from "./organization-path.ts";
import { subscriberWords } from "./words.ts";

const RevocationDialog = lazy(async () => ({
  default: (await import("../revocation/revocation-dialog.tsx")).RevocationDialog,
}));

/** The table with its buttons. The selection is kept by id, so it survives a refresh but not another page. */
export function CertificateList({ ids, service }: { readonly ids: OrganizationPath; readonly service: Service }) {
  const t = useWords(subscriberWords);
  const codes = useWords(codeWords);
  const [place, width] = useWidth<HTMLDivElement>();
  const room = roomOf(width);
  const [, navigate] = useLocation();
  const { view, rows, loading, cause, sortBy, turnTo, refresh, replace } = useCertificatePages(ids);
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const [revoking, setRevoking] = useState<readonly CertificateRow[]>();
  const definitions = useMemo(() => columns(t, codes, room), [t, codes, room]);
  const selected = rows.filter((row) => selectedIds.includes(row.certificateId));
  const refusal = revocationRefusal(selected, t);
  const named = (row: CertificateRow) => t.rowName(fullName(row), codes.devices[row.device]);
  const register = () => navigate(`/subscribers/${ids.serviceId}/${ids.organizationId}/new`);
  const elsewhere = (go: () => void) => {
    setSelectedIds([]);
    go();
  };

  return (
    <div ref={place}>
      {cause !== undefined && (
        <Box margin={{ bottom: "m" }}>
          <ErrorAlert cause={cause} again={refresh} />
        </Box>
      )}
      <Table
        // The library measures a table's sticky head once: another layout is another table.
        key={room}
        items={rows}
        trackBy="certificateId"
        columnDefinitions={definitions}
        wrapLines
        stickyHeader={room !== "narrow"}
        loading={loading && rows.length === 0}
        loadingText={t.loading}
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setSelectedIds(detail.selectedItems.map((row) => row.certificateId))}
        sortingColumn={{ sortingField: view.sort }}
        sortingDescending={view.descending}
        onSortingChange={({ detail }) =>
          elsewhere(() =>
            sortBy({ sort: orderOf(detail.sortingColumn.sortingField), descending: detail.isDescending ?? false }),
          )
        }
        ariaLabels={{
          tableLabel: t.list,
          selectionGroupLabel: t.selection,
          allItemsSelectionLabel: () => t.selectAll,
          itemSelectionLabel: (_, row) => t.select(named(row)),
        }}
        header={
          <Header
            variant="h2"
            description={
              selected.length === 0
                ? t.choose
                : t.chosen(selected.slice(0, 2).map(named), Math.max(0, selected.length - 2))
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={t.refresh} loading={loading && rows.length > 0} onClick={refresh}>
                  {width < 480 ? undefined : t.refresh}
                </Button>
                <Button
                  {...(refusal === undefined ? {} : { disabled: true, disabledReason: refusal })}
                  onClick={() => setRevoking(selected)}
                >
                  {t.revoke}
                </Button>
                {service.issuing && (
                  <Button variant="primary" onClick={register}>
                    {t.add}
                  </Button>
                )}
              </SpaceBetween>
            }
          >
            {t.list}
          </Header>
        }
        pagination={
          <Pagination
            currentPageIndex={view.page + 1}
            pagesCount={view.cursors.length}
            openEnd={view.cursors.length > view.page + 1}
            disabled={loading}
            ariaLabels={{ paginationLabel: t.page }}
            onChange={({ detail }) => elsewhere(() => turnTo(detail.currentPageIndex - 1))}
          />
        }
        empty={
          cause === undefined && (
            <SpaceBetween size="s" alignItems="center">
              <Box variant="strong">{t.empty}</Box>
              <Box color="text-body-secondary">{service.issuing ? t.emptyAdvice : t.emptyNotIssuing}</Box>
              {service.issuing && <Button onClick={register}>{t.add}</Button>}
            </SpaceBetween>
          )
        }
      />
      {revoking && (
        <Suspense fallback={null}>
          <RevocationDialog
            rows={revoking}
            changed={replace}
            close={() => {
              setRevoking(undefined);
              setSelectedIds([]);
            }}
            giveUp={() => setRevoking(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Why [失効] cannot be pressed for this selection, or `undefined` when it can. */
function revocationRefusal(selected: readonly CertificateRow[], t: (typeof subscriberWords)["ja"]): string | undefined {
  const some = (status: Status) => selected.some((row) => row.status === status);
  if (selected.length === 0) return t.choose;
  if (some("issuing")) return t.notYet;
  if (some("failed")) return t.notIssued;
  return some("revoked") ? t.alreadyRevoked : undefined;
}
