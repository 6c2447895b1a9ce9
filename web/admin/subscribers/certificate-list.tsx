import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation } from "wouter";
import type { CertificateRow, Service } from "../../../lambdas/contract/shapes.ts";
import { useNotices, useSpeech, useWords } from "../frame/contexts.ts";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { useWidth } from "../frame/width.ts";
import { isAsked } from "../search/asked.ts";
import { searchWords } from "../search/words.ts";
import { codeWords } from "../words.ts";
import { useCertificatePages } from "./certificate-pages.ts";
import { columns, nameIn, orderOf, roomOf } from "./columns.tsx";
import { EditButton } from "./edit-button.tsx";
import { NameLink, useFocusAfterClosing } from "./name-link.tsx";
import { JumpBar } from "./jump-bar.tsx";
import { ListPages } from "./list-pages.tsx";
import type { OrganizationPath } from "./organization-path.ts";
import { useSelection } from "./selection.ts";
import { useAsked } from "./use-asked.ts";
import { type ListAction, listActions, type Skipped, sorted } from "./skipped.ts";
import { subscriberWords } from "./words.ts";

const RevocationDialog = lazy(async () => ({
  default: (await import("../revocation/revocation-dialog.tsx")).RevocationDialog,
}));
const ResendDialog = lazy(async () => ({ default: (await import("../resend/resend-dialog.tsx")).ResendDialog }));
const CertificatePanel = lazy(async () => ({ default: (await import("./certificate-panel.tsx")).CertificatePanel }));
const SkippedQuestion = lazy(async () => ({ default: (await import("./skipped-question.tsx")).SkippedQuestion }));

/** An action on chosen certificates, from its button on. */
type Doing = {
  readonly action: ListAction;
  readonly step: "skipped" | "dialog";
  readonly fit: readonly CertificateRow[];
  readonly skipped: readonly Skipped[];
  /** After it was done: the selection has served its purpose. */
  readonly done: () => void;
};

/** The table with its buttons. The selection is kept over pages and visits; what an action leaves out is named before it. */
export function CertificateList({ ids, service }: { readonly ids: OrganizationPath; readonly service: Service }) {
  const t = useWords(subscriberWords);
  const s = useWords(searchWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const { tell } = useNotices();
  const [place, width] = useWidth<HTMLDivElement>();
  const room = roomOf(width);
  const [, navigate] = useLocation();
  const pages = useCertificatePages(ids);
  const { view, rows, total, loading, cause, open, openAt, close, sortBy, jump, refresh, replace } = pages;
  const [asked, search] = useAsked(ids);
  const searching = isAsked(asked);
  const { selected, here, choose, clear } = useSelection(`${ids.serviceId} ${ids.organizationId}`, rows);
  const [doing, setDoing] = useState<Doing>();
  const [acts, setActs] = useState(0);
  const named = (row: CertificateRow) => t.rowName(nameIn(language, row), codes.devices[row.device]);
  const definitions = useMemo(
    () =>
      columns({
        t,
        codes,
        room,
        name: (row) => (
          <span className="name-and-edit">
            <EditButton row={row} ids={ids} />
            <NameLink row={row} openAt={openAt} />
          </span>
        ),
      }),
    [t, codes, room, openAt, ids.serviceId, ids.organizationId],
  );
  const register = () => navigate(`/subscribers/${ids.serviceId}/${ids.organizationId}/new`);
  const begin = (action: ListAction) => {
    if (selected.length === 0) return tell({ type: "warning", header: t.chooseFirst[action] });
    const { fit, skipped } = sorted(action, selected);
    setDoing({ action, step: skipped.length > 0 ? "skipped" : "dialog", fit, skipped, done: clear });
  };
  useFocusAfterClosing(open, room);
  const stop = () => setDoing(undefined);
  const finish = () => {
    stop();
    doing?.done();
    setActs(acts + 1);
  };

  return (
    <div ref={place}>
      {view.ignored.length > 0 && (
        <Box margin={{ vertical: "xs" }}>
          <Alert type="warning">{s.ignored(view.ignored.join(s.comma))}</Alert>
        </Box>
      )}
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
        contentDensity="compact"
        wrapLines={room === "narrow"}
        stickyHeader={room !== "narrow"}
        enableKeyboardNavigation
        loading={loading && rows.length === 0}
        loadingText={t.loading}
        selectionType="multi"
        selectedItems={here}
        onSelectionChange={({ detail }) => choose(detail.selectedItems)}
        sortingColumn={{ sortingField: view.sort }}
        sortingDescending={view.descending}
        onSortingChange={({ detail }) =>
          sortBy({ sort: orderOf(detail.sortingColumn.sortingField), descending: detail.isDescending ?? false })
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
            {...(total === undefined ? {} : { counter: `(${total.toLocaleString("en")})` })}
            description={
              <span role="status">
                {selected.length > 0 && (
                  <>
                    {t.selected(selected.length, here.length)}{" "}
                    <Button variant="inline-link" onClick={clear}>
                      {t.clear}
                    </Button>
                  </>
                )}
              </span>
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={t.refresh} loading={loading && rows.length > 0} onClick={refresh}>
                  {width < 640 ? undefined : t.refresh}
                </Button>
                {listActions.map((action) => (
                  <Button key={action} onClick={() => begin(action)}>
                    {t.actions[action]}
                  </Button>
                ))}
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
        filter={
          <JumpBar
            sort={view.sort}
            descending={view.descending}
            current={view.position.at === "value" ? view.position.value : undefined}
            jump={jump}
          />
        }
        pagination={<ListPages {...pages} />}
        footer={
          pages.looked !== undefined && (
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <span role="status">{s.looked(pages.looked)}</span>
              <Button loading={loading} onClick={() => pages.ways.next?.()}>
                {s.goOn}
              </Button>
            </SpaceBetween>
          )
        }
        empty={
          cause === undefined &&
          (searching ? (
            pages.looked === undefined && (
              <SpaceBetween size="s" alignItems="center">
                <Box variant="strong">{s.nothing}</Box>
                <Box color="text-body-secondary">{s.nothingAdvice}</Box>
                <Button onClick={() => search({})}>{s.clear}</Button>
              </SpaceBetween>
            )
          ) : (
            <SpaceBetween size="s" alignItems="center">
              <Box variant="strong">{t.empty}</Box>
              <Box color="text-body-secondary">{service.issuing ? t.emptyAdvice : t.emptyNotIssuing}</Box>
              {service.issuing && <Button onClick={register}>{t.add}</Button>}
            </SpaceBetween>
          ))
        }
      />
      <Suspense fallback={null}>
        {open !== undefined && (
          <CertificatePanel
            certificateId={open}
            row={rows.find(({ certificateId }) => certificateId === open)}
            acts={acts}
            act={(action, row) => setDoing({ action, step: "dialog", fit: [row], skipped: [], done: () => undefined })}
            close={close}
            place={ids}
          />
        )}
        {doing?.step === "skipped" && (
          <SkippedQuestion
            action={doing.action}
            skipped={doing.skipped}
            fit={doing.fit.length}
            goOn={() => setDoing({ ...doing, step: "dialog" })}
            cancel={stop}
          />
        )}
        {doing?.step === "dialog" && doing.action === "revoke" && (
          <RevocationDialog rows={doing.fit} changed={replace} close={finish} giveUp={stop} />
        )}
        {doing?.step === "dialog" && doing.action === "resend" && (
          <ResendDialog rows={doing.fit} changed={replace} close={finish} giveUp={stop} />
        )}
      </Suspense>
    </div>
  );
}
