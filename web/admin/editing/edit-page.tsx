import ContentLayout from "@cloudscape-design/components/content-layout";
import { useCallback } from "react";
import { useCall, useTrail, useWords } from "../frame/contexts.ts";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Heading } from "../frame/heading.tsx";
import { useLoad } from "../frame/use-load.ts";
import { Waiting } from "../frame/waiting.tsx";
import { type OrganizationPath, useOrganization } from "../subscribers/organization-path.ts";
import { subscriberWords } from "../subscribers/words.ts";
import { EditForm } from "./edit-form.tsx";
import { editWords } from "./words.ts";

type Props = { readonly ids: OrganizationPath; readonly certificateId: string };

/** [編集]: names and mails of a certificate's subscriber. */
export function EditPage({ ids, certificateId }: Props) {
  const t = useWords(editWords);
  const list = useWords(subscriberWords);
  const call = useCall();
  const [place] = useOrganization(ids);
  const address = `/subscribers/${ids.serviceId}/${ids.organizationId}`;
  const [loaded, again] = useLoad(
    useCallback(
      (signal: AbortSignal) => call("getSubscriber", { params: { certificateId }, signal }),
      [call, certificateId],
    ),
  );
  useTrail([
    { text: list.title, href: `#/subscribers/${ids.serviceId}` },
    { text: place.state === "ready" ? place.value.organization.name : list.list, href: `#${address}` },
    { text: t.title, href: "#" },
  ]);
  if (loaded.state === "ready")
    return (
      <EditForm
        key={loaded.value.revision}
        view={loaded.value}
        certificateId={certificateId}
        listAddress={address}
        again={again}
      />
    );
  return (
    <ContentLayout header={<Heading title={t.title} />}>
      {loaded.state === "loading" ? <Waiting /> : <ErrorAlert cause={loaded.cause} again={again} />}
    </ContentLayout>
  );
}
