import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import ErrorBoundary from "@cloudscape-design/components/error-boundary";
import Flashbar from "@cloudscape-design/components/flashbar";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { operationOf } from "../imports/addresses.ts";
import { type Notice, NoticesContext, type Trail, TrailContext, useWords } from "./contexts.ts";
import { type Panel, PanelContext } from "./panel.tsx";
import { UnsavedGuard } from "./unsaved.tsx";
import { Masthead } from "./masthead.tsx";
import { useNarrow, useRoomForMenu } from "./media.ts";
import { SkipLink } from "./skip-link.tsx";
import { WaitingPage } from "./waiting.tsx";
import { frameWords } from "./words.ts";

/** What the menu offers beside the top page. */
const sections = ["#/subscribers", "#/imports", "#/audit"];

const TopPage = lazy(async () => ({ default: (await import("../top-page.tsx")).TopPage }));
const MissingPage = lazy(async () => ({ default: (await import("../missing-page.tsx")).MissingPage }));
const OrganizationsPage = lazy(async () => ({
  default: (await import("../subscribers/organizations-page.tsx")).OrganizationsPage,
}));
const SubscribersPage = lazy(async () => ({
  default: (await import("../subscribers/subscribers-page.tsx")).SubscribersPage,
}));
const RegistrationPage = lazy(async () => ({
  default: (await import("../registration/registration-page.tsx")).RegistrationPage,
}));
const EditPage = lazy(async () => ({ default: (await import("../editing/edit-page.tsx")).EditPage }));
const ImportPage = lazy(async () => ({ default: (await import("../imports/import-page.tsx")).ImportPage }));
const AuditPage = lazy(async () => ({ default: (await import("../audit/audit-page.tsx")).AuditPage }));
const JobsPage = lazy(async () => ({ default: (await import("../imports/jobs-page.tsx")).JobsPage }));
const JobPage = lazy(async () => ({ default: (await import("../imports/job-page.tsx")).JobPage }));

/** Bar, menu, notices and the page by the hash. */
export function Frame() {
  const t = useWords(frameWords);
  const narrow = useNarrow();
  const [location, navigate] = useLocation();
  const roomForMenu = useRoomForMenu();
  const [open, setOpen] = useState(roomForMenu);
  // The menu goes and comes as the window becomes too narrow for it and wide again.
  useEffect(() => setOpen(roomForMenu), [roomForMenu]);
  const [told, setTold] = useState<readonly (Notice & { readonly id: string })[]>([]);
  const [trail, setTrail] = useState<Trail>([]);
  const [panel, setPanel] = useState<Panel>();
  const [panelPlace, setPanelPlace] = useState<HTMLElement | null>(null);
  const panelContext = useMemo(() => ({ show: setPanel, place: panelPlace }), [panelPlace]);
  const notices = useMemo(
    () => ({
      tell: (notice: Notice) => setTold([{ ...notice, id: crypto.randomUUID() }]),
      clear: () => setTold([]),
    }),
    [],
  );
  useEffect(() => notices.clear(), [location, notices]);

  return (
    <NoticesContext value={notices}>
      <UnsavedGuard>
        <SkipLink />
        <Masthead />
        <AppLayoutToolbar
          // On a phone the bar is too high to stay in view: there menu and panel cover the whole window.
          headerSelector={narrow ? "#none" : "#masthead"}
          drawers={
            panel
              ? [
                  {
                    id: "panel",
                    content: <div ref={setPanelPlace} />,
                    ariaLabels: { drawerName: panel.name, closeButton: t.closePanel, resizeHandle: t.resizePanel },
                    resizable: true,
                    defaultSize: 440,
                  },
                ]
              : []
          }
          activeDrawerId={panel ? "panel" : null}
          onDrawerChange={() => panel?.close()}
          navigationWidth={256}
          stickyNotifications
          navigationOpen={open}
          onNavigationChange={({ detail }) => setOpen(detail.open)}
          navigation={
            <>
              {narrow && open && <h1 className="unseen">{t.menu}</h1>}
              <SideNavigation
                header={{ text: t.top, href: "#/" }}
                activeHref={sections.find((href) => location.startsWith(href.slice(1))) ?? "#/"}
                onFollow={(followed) => {
                  followed.preventDefault();
                  if (narrow) setOpen(false);
                  navigate(followed.detail.href.slice(1));
                }}
                items={[
                  {
                    type: "section",
                    text: t.serviceMaintenance,
                    items: [
                      { type: "link", text: t.subscriberMaintenance, href: "#/subscribers" },
                      { type: "link", text: t.importStatus, href: "#/imports" },
                      { type: "link", text: t.audit, href: "#/audit" },
                    ],
                  },
                ]}
              />
            </>
          }
          {...(trail.length > 0
            ? {
                breadcrumbs: (
                  <BreadcrumbGroup ariaLabel={t.breadcrumbs} items={[{ text: t.top, href: "#/" }, ...trail]} />
                ),
              }
            : {})}
          notifications={
            <Flashbar
              items={told.map((notice) => ({
                ...notice,
                dismissible: true,
                ariaRole: notice.type === "error" ? "alert" : "status",
                onDismiss: notices.clear,
              }))}
            />
          }
          content={
            <ErrorBoundary onError={({ error }) => reportError(error)}>
              <PanelContext value={panelContext}>
                <TrailContext value={setTrail}>
                  <Suspense fallback={<WaitingPage />}>
                    <Switch>
                      <Route path="/" component={TopPage} />
                      <Route path="/subscribers">{() => <OrganizationsPage />}</Route>
                      <Route path="/subscribers/:serviceId">
                        {({ serviceId }) => <OrganizationsPage serviceId={serviceId} />}
                      </Route>
                      <Route path="/subscribers/:serviceId/:organizationId">
                        {(place) => <SubscribersPage key={`${place.serviceId} ${place.organizationId}`} {...place} />}
                      </Route>
                      <Route path="/subscribers/:serviceId/:organizationId/new/:step?">
                        {({ step, ...ids }) => (
                          <RegistrationPage key={`${ids.serviceId} ${ids.organizationId}`} ids={ids} step={step} />
                        )}
                      </Route>
                      <Route path="/subscribers/:serviceId/:organizationId/edit/:certificateId">
                        {({ certificateId, ...ids }) => (
                          <EditPage key={certificateId} ids={ids} certificateId={certificateId} />
                        )}
                      </Route>
                      <Route path="/subscribers/:serviceId/:organizationId/:window">
                        {({ window, ...ids }) => {
                          const operation = operationOf(window);
                          return operation ? (
                            <ImportPage key={operation} operation={operation} ids={ids} />
                          ) : (
                            <MissingPage />
                          );
                        }}
                      </Route>
                      <Route path="/imports" component={JobsPage} />
                      <Route path="/imports/:jobId">{({ jobId }) => <JobPage key={jobId} jobId={jobId} />}</Route>
                      <Route path="/audit" component={AuditPage} />
                      <Route component={MissingPage} />
                    </Switch>
                  </Suspense>
                </TrailContext>
              </PanelContext>
            </ErrorBoundary>
          }
        />
      </UnsavedGuard>
    </NoticesContext>
  );
}
