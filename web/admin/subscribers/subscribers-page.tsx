import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect } from "react";
import { useTrail, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Waiting } from "../frame/waiting.tsx";
import { BulkOperations } from "../imports/bulk-operations.tsx";
import { SearchForm } from "../search/search-form.tsx";
import { CertificateList } from "./certificate-list.tsx";
import { keepLastList } from "./last-list.ts";
import { type OrganizationPath, useOrganization } from "./organization-path.ts";
import { useAsked } from "./use-asked.ts";
import { subscriberWords } from "./words.ts";

/** 利用者のメンテナンス: the subscribers of one service and organization, a row per certificate. */
export function SubscribersPage(ids: OrganizationPath) {
  const t = useWords(subscriberWords);
  const [place, again] = useOrganization(ids);
  const [asked, search] = useAsked(ids);
  const known = place.state === "ready";
  useEffect(() => {
    if (known) keepLastList(ids);
  }, [known, ids.serviceId, ids.organizationId]);
  useTrail([
    { text: t.title, href: `#/subscribers/${ids.serviceId}` },
    { text: place.state === "ready" ? place.value.organization.name : t.list, href: "#" },
  ]);
  return (
    <ContentLayout
      header={
        <Heading
          title={t.listTitle}
          // Beside the title: a line of its own would be a row of the list less.
          info={
            place.state === "ready" && (
              <Box color="text-body-secondary" display="inline">
                {t.place(place.value.service.name, place.value.organization.name)}
              </Box>
            )
          }
        />
      }
    >
      {place.state === "loading" && <Waiting />}
      {place.state === "failed" && <ErrorAlert cause={place.cause} again={again} />}
      {place.state === "ready" && (
        <SpaceBetween size="s">
          <div className="sections">
            <div>
              <BulkOperations ids={ids} service={place.value.service} />
            </div>
            <div>
              <SearchForm asked={asked} search={search} />
            </div>
          </div>
          <CertificateList ids={ids} service={place.value.service} />
        </SpaceBetween>
      )}
    </ContentLayout>
  );
}
