import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useCall, useWords } from "../frame/contexts.ts";
import { StackingTable } from "../frame/stacking-table.tsx";
import { usePolling } from "../frame/use-polling.ts";
import { CertificateStatus } from "../subscribers/certificate-status.tsx";
import { codeWords } from "../words.ts";
import { registrationWords } from "./words.ts";

type Props = {
  readonly certificates: readonly CertificateRow[];
  readonly another: () => void;
  readonly samePerson: () => void;
  readonly close: () => void;
};

/** What is being issued, live until it is issued, and which mails follow. */
export function DoneStep(given: Props) {
  const t = useWords(registrationWords);
  const codes = useWords(codeWords);
  const call = useCall();
  const [certificates, setCertificates] = useState(given.certificates);
  const issuing = certificates.filter((row) => row.status === "issuing");
  const addresses = [...new Set(certificates.map((row) => row.certificateEmail))].join(t.comma);
  const failed = certificates.some((row) => row.status === "failed");

  usePolling(issuing.length > 0 ? "moving" : "still", async (signal) => {
    for (const { certificateId } of issuing) {
      const fresh = await call("getCertificate", { params: { certificateId }, signal });
      if (signal.aborted) return;
      setCertificates((now) => now.map((row) => (row.certificateId === certificateId ? fresh : row)));
    }
  });

  return (
    <SpaceBetween size="l">
      <div role="status">
        {issuing.length > 0 ? (
          <Alert type="success" header={t.accepted}>
            {t.acceptedAdvice}
          </Alert>
        ) : failed ? (
          <Alert type="warning" header={t.someFailed}>
            {t.someFailedAdvice}
          </Alert>
        ) : (
          <Alert type="success" header={t.allIssued} />
        )}
      </div>
      <StackingTable
        label={t.certificates}
        items={certificates}
        keyOf={({ certificateId }) => certificateId}
        header={<Header variant="h2">{t.certificates}</Header>}
        columns={[
          { id: "device", header: t.device, cell: (row) => codes.devices[row.device], minWidth: 110 },
          {
            id: "status",
            header: t.status,
            cell: (row) => <CertificateStatus row={row} />,
            minWidth: 160,
            hasDynamicContent: true,
          },
          { id: "certificateEmail", header: t.certificateEmail, cell: (row) => row.certificateEmail, minWidth: 150 },
          { id: "notAfter", header: t.notAfter, cell: (row) => dateText(row.notAfter) || "-", minWidth: 110 },
        ]}
      />
      <Container header={<Header variant="h2">{t.mails}</Header>}>
        <Box>{t.mailsAdvice(addresses, certificates.length)}</Box>
        <ul lang="ja">
          {t.mailTitles.map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      </Container>
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={given.samePerson}>{t.samePerson}</Button>
          <Button onClick={given.another}>{t.another}</Button>
          <Button variant="primary" onClick={given.close}>
            {t.close}
          </Button>
        </SpaceBetween>
      </Box>
    </SpaceBetween>
  );
}
