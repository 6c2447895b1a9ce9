import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { importKinds, type ImportOperation } from "../../../lambdas/contract/imports.ts";
import { useTrail, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Waiting } from "../frame/waiting.tsx";
import { type OrganizationPath, useOrganization } from "../subscribers/organization-path.ts";
import { subscriberWords } from "../subscribers/words.ts";
import { listAddress } from "./addresses.ts";
import { ImportForm } from "./import-form.tsx";
import { QueueStatus } from "./queue-status.tsx";
import { importWords } from "./words.ts";

type Props = { readonly operation: ImportOperation; readonly ids: OrganizationPath };

/** CSV一括登録 and CSV一括失効, on a page of their own so that they can be as long as they need on a phone. */
export function ImportPage({ operation, ids }: Props) {
  const t = useWords(importWords);
  const list = useWords(subscriberWords);
  const [place, again] = useOrganization(ids);
  const back = `#${listAddress(ids)}`;
  useTrail([
    { text: list.title, href: `#/subscribers/${ids.serviceId}` },
    { text: place.state === "ready" ? place.value.organization.name : list.list, href: back },
    { text: t.commands[operation], href: "#" },
  ]);
  return (
    <ContentLayout
      header={
        <Heading
          title={t.commands[operation]}
          description={place.state === "ready" && list.place(place.value.service.name, place.value.organization.name)}
        />
      }
    >
      {place.state === "loading" && <Waiting />}
      {place.state === "failed" && <ErrorAlert cause={place.cause} again={again} />}
      {place.state === "ready" &&
        (importKinds[operation].issuing && !place.value.service.issuing ? (
          <Alert type="warning" header={t.notIssuing}>
            <Link href={back}>{t.toList}</Link>
          </Alert>
        ) : (
          <SpaceBetween size="l">
            <ImportForm operation={operation} ids={ids} service={place.value.service} />
            <QueueStatus />
          </SpaceBetween>
        ))}
    </ContentLayout>
  );
}
