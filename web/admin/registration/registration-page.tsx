import ContentLayout from "@cloudscape-design/components/content-layout";
import Alert from "@cloudscape-design/components/alert";
import Link from "@cloudscape-design/components/link";
import { useTrail, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Waiting } from "../frame/waiting.tsx";
import { type OrganizationPath, useOrganization } from "../subscribers/organization-path.ts";
import { subscriberWords } from "../subscribers/words.ts";
import { stepOf } from "./addresses.ts";
import { RegistrationSteps } from "./registration-steps.tsx";
import { registrationWords } from "./words.ts";

/** 利用者登録, on a page of its own so that it can be as long as it needs on a phone. */
export function RegistrationPage({ ids, step }: { readonly ids: OrganizationPath; readonly step: string | undefined }) {
  const t = useWords(registrationWords);
  const list = useWords(subscriberWords);
  const [place, again] = useOrganization(ids);
  const listAddress = `#/subscribers/${ids.serviceId}/${ids.organizationId}`;
  useTrail([
    { text: list.title, href: `#/subscribers/${ids.serviceId}` },
    { text: place.state === "ready" ? place.value.organization.name : list.list, href: listAddress },
    { text: t.title.input, href: "#" },
  ]);
  if (place.state === "ready" && place.value.service.issuing)
    return <RegistrationSteps ids={ids} place={place.value} step={stepOf(step)} />;
  return (
    <ContentLayout header={<Heading title={t.title.input} />}>
      {place.state === "loading" && <Waiting />}
      {place.state === "failed" && <ErrorAlert cause={place.cause} again={again} />}
      {place.state === "ready" && (
        <Alert type="warning" header={t.notIssuing}>
          <Link href={listAddress}>{t.toList}</Link>
        </Alert>
      )}
    </ContentLayout>
  );
}
