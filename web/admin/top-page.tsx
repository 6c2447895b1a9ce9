import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { useLocation } from "wouter";
import type { Service } from "../../lambdas/contract/shapes.ts";
import { dateText, daysUntil } from "../shared/moment.ts";
import { Attention } from "./attention.tsx";
import { useCall, useNames, useSession, useWords } from "./frame/contexts.ts";
import { Heading } from "./frame/heading.tsx";
import { useLoad } from "./frame/use-load.ts";
import { Pairs } from "./frame/pairs.tsx";
import { StackingTable } from "./frame/stacking-table.tsx";
import { ErrorAlert } from "./frame/error-alert.tsx";
import { Waiting } from "./frame/waiting.tsx";
import { codeWords, topWords } from "./words.ts";

/** Days before its end from which the administrator's certificate is warned about: the first notice's (30 days). */
const soon = 30;

/** What the company has contracted, how much of it is used, and until when this administrator can sign in. */
export function TopPage() {
  const t = useWords(topWords);
  const { administrator } = useSession();
  const names = useNames();
  const call = useCall();
  const [, navigate] = useLocation();
  const [services, again] = useLoad(useCallback((signal: AbortSignal) => call("listServices", { signal }), [call]));
  const [now] = useState(() => Date.now());
  const days = daysUntil(administrator.notAfter, now);

  return (
    <ContentLayout
      header={
        <Heading
          title={t.title}
          description={t.greeting(names.company, names.administrator)}
          actions={
            <Button variant="primary" onClick={() => navigate("/subscribers")}>
              {t.open}
            </Button>
          }
        />
      }
    >
      <SpaceBetween size="l">
        {days <= soon && (
          <Alert type="warning" header={t.endsSoon}>
            {t.endsSoonAdvice}
          </Alert>
        )}
        {services.state === "loading" && <Waiting />}
        {services.state === "failed" && <ErrorAlert cause={services.cause} again={again} />}
        {services.state === "ready" && (
          <SpaceBetween size="l">
            <Attention services={services.value.services} />
            <Services services={services.value.services} />
          </SpaceBetween>
        )}
        <Container header={<Header variant="h2">{t.certificate}</Header>}>
          <Pairs
            items={[
              { label: t.email, value: administrator.email },
              { label: t.notAfter, value: t.until(dateText(administrator.notAfter), days) },
            ]}
          />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Services({ services }: { readonly services: readonly Service[] }) {
  const t = useWords(topWords);
  const codes = useWords(codeWords);
  return (
    <StackingTable
      label={t.services}
      items={services}
      keyOf={({ serviceId }) => serviceId}
      header={<Header variant="h2">{t.services}</Header>}
      empty={<Box>{t.noServices}</Box>}
      columns={[
        { id: "name", header: t.service, cell: (one) => one.name, minWidth: 140 },
        {
          id: "options",
          header: t.options,
          cell: (one) => one.options.map((option) => codes.options[option]).join(t.comma) || t.noOptions,
          minWidth: 140,
        },
        { id: "issuing", header: t.issuing, cell: (one) => (one.issuing ? t.allowed : t.notAllowed), minWidth: 120 },
        {
          id: "licences",
          header: t.licences,
          cell: (one) => `${one.licencesUsed.toLocaleString("en")} / ${one.licences.toLocaleString("en")}`,
          minWidth: 140,
        },
      ]}
    />
  );
}
