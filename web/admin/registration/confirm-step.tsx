import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { RequestedDevice, Registration } from "../../../lambdas/contract/shapes.ts";
import { useNames, useWords } from "../frame/contexts.ts";
import { Pairs } from "../frame/pairs.tsx";
import type { Place } from "../subscribers/organization-path.ts";
import { openFields, type OrderField } from "../options/fields.ts";
import { optionWords } from "../options/words.ts";
import { codeWords } from "../words.ts";
import { textFields } from "./draft.ts";
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
  const { company } = useNames();
  const o = useWords(optionWords);
  const { options, subjectOrganizations } = place.service;
  // Of the mails only where one is given: each device's is the person's else.
  const fields = openFields(options).filter(
    (name) => name !== "certificateEmail" || registration.devices.some((one) => one.certificateEmail !== undefined),
  );
  const asItWillBe: Partial<Record<OrderField, string | undefined>> = {
    certificateEmail: registration.primaryEmail,
    from: o.fromIssue,
    organization: subjectOrganizations[0],
  };
  const deviceName = ({ device }: RequestedDevice) => codes.devices[device];
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">{t.section}</Header>}>
        <SpaceBetween size="m">
          <Box>{t.confirmAdvice}</Box>
          <Pairs
            items={[
              { label: t.company, value: company },
              { label: t.organization, value: place.organization.name },
              ...textFields.map((name) => ({ label: t.fields[name], value: registration[name] })),
              ...(fields.length > 0
                ? []
                : [{ label: t.devices, value: registration.devices.map(deviceName).join(t.comma) }]),
            ]}
          />
          {fields.length > 0 && (
            <Table
              variant="borderless"
              items={registration.devices}
              trackBy="device"
              wrapLines
              ariaLabels={{ tableLabel: t.devices }}
              columnDefinitions={[
                { id: "device", header: t.devices, cell: deviceName, isRowHeader: true, minWidth: 110 },
                ...fields.map((name) => ({
                  id: name,
                  header: name === "certificateEmail" ? o.certificateEmail : o.fields[name],
                  cell: (one: RequestedDevice) => one[name] ?? asItWillBe[name] ?? "-",
                  minWidth: 120,
                })),
              ]}
            />
          )}
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
