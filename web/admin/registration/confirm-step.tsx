import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { DeviceOrder, Registration } from "../../../lambdas/contract/shapes.ts";
import { useSession, useWords } from "../frame/contexts.ts";
import type { Place } from "../subscribers/place.ts";
import { codeWords } from "../words.ts";
import { periodOf, textFields } from "./draft.ts";
import { registrationWords } from "./words.ts";

type Props = {
  readonly place: Place;
  readonly registration: Registration;
  readonly sending: boolean;
  readonly back: () => void;
  readonly decide: () => void;
};

/** What will be registered, as the server will read it (full-width kana, no outer blanks). */
export function ConfirmStep({ place, registration, sending, back, decide }: Props) {
  const t = useWords(registrationWords);
  const codes = useWords(codeWords);
  const { tenant } = useSession();
  const period = periodOf(place.service.options) !== "none";
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t.section}</Header>}>
        <SpaceBetween size="l">
          <Box>{t.confirmAdvice}</Box>
          <KeyValuePairs
            columns={2}
            items={[
              { label: t.company, value: tenant.name },
              { label: t.organization, value: place.organization.name },
              ...textFields.map((name) => ({ label: t.fields[name], value: registration[name] })),
            ]}
          />
          <Table<DeviceOrder>
            variant="borderless"
            items={registration.devices}
            trackBy="device"
            header={<Header variant="h3">{t.devices}</Header>}
            ariaLabels={{ tableLabel: t.devices }}
            columnDefinitions={[
              { id: "device", header: t.device, cell: (one) => codes.devices[one.device], isRowHeader: true },
              ...(period
                ? [
                    { id: "from", header: t.from, cell: (one: DeviceOrder) => one.from ?? t.fromIssue },
                    { id: "to", header: t.to, cell: (one: DeviceOrder) => one.to },
                  ]
                : []),
            ]}
          />
        </SpaceBetween>
      </Container>
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={sending} onClick={back}>
            {t.back}
          </Button>
          <Button variant="primary" loading={sending} onClick={decide}>
            {t.decide}
          </Button>
        </SpaceBetween>
      </Box>
    </SpaceBetween>
  );
}
