import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Organization, Service } from "../../../lambdas/contract/shapes.ts";
import { useTrail, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { Waiting } from "../frame/waiting.tsx";
import { lastList } from "./last-list.ts";
import { useDirectory } from "./organization-path.ts";
import { subscriberWords } from "./words.ts";

/** 利用者メンテナンス: the service, then the organization whose list is opened. */
export function OrganizationsPage({ serviceId }: { readonly serviceId?: string }) {
  const t = useWords(subscriberWords);
  const [directory, again] = useDirectory();
  useTrail([{ text: t.title, href: "#" }]);
  return (
    <ContentLayout header={<Heading title={t.title} />}>
      {directory.state === "loading" && <Waiting />}
      {directory.state === "failed" && <ErrorAlert cause={directory.cause} again={again} />}
      {directory.state === "ready" && <Choice {...directory.value} serviceId={serviceId} />}
    </ContentLayout>
  );
}

type ChoiceProps = {
  readonly services: readonly Service[];
  readonly organizations: readonly Organization[];
  readonly serviceId: string | undefined;
};

function Choice({ services, organizations, serviceId }: ChoiceProps) {
  const t = useWords(subscriberWords);
  const [, navigate] = useLocation();
  const [last] = useState(lastList);
  const byId = (id: string | undefined) => services.find((one) => one.serviceId === id);
  const unknown = serviceId !== undefined && byId(serviceId) === undefined;
  const chosen = byId(serviceId) ?? byId(last?.serviceId) ?? services[0];
  if (!chosen) return <Box>{t.noServices}</Box>;
  return (
    <SpaceBetween size="l">
      {unknown && (
        <div role="alert">
          <Alert type="warning" header={t.unknownService}>
            {t.unknownServiceAdvice(chosen.name)}
          </Alert>
        </div>
      )}
      <Container>
        <FormField label={t.chosenService}>
          <Select
            selectedOption={{ value: chosen.serviceId, label: chosen.name }}
            options={services.map((one) => ({ value: one.serviceId, label: one.name }))}
            onChange={({ detail }) => navigate(`/subscribers/${detail.selectedOption.value}`, { replace: true })}
          />
        </FormField>
      </Container>
      <Table
        items={organizations}
        trackBy="organizationId"
        header={<Header variant="h2">{t.organizations}</Header>}
        ariaLabels={{ tableLabel: t.organizations }}
        empty={<Box>{t.noOrganizations}</Box>}
        columnDefinitions={[
          {
            id: "name",
            header: t.organization,
            isRowHeader: true,
            cell: (one) => <Link href={`#/subscribers/${chosen.serviceId}/${one.organizationId}`}>{one.name}</Link>,
          },
        ]}
      />
    </SpaceBetween>
  );
}
