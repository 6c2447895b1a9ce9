import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { CertificateRow, RevocationReason } from "../../../lambdas/contract/shapes.ts";
import { dateText, momentText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { CertificateStatus } from "../subscribers/certificate-status.tsx";
import { fullName } from "../subscribers/columns.tsx";
import { codeWords } from "../words.ts";
import { revocationWords } from "./words.ts";

/** What tells one certificate from another; `reason` is the one about to be given, until the row has its own. */
export function CertificateDetails({
  row,
  reason,
}: {
  readonly row: CertificateRow;
  readonly reason?: RevocationReason;
}) {
  const t = useWords(revocationWords);
  const codes = useWords(codeWords);
  const given = row.revocationReason ?? reason;
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: t.name, value: fullName(row) },
        { label: t.status, value: <CertificateStatus row={row} /> },
        { label: t.commonName, value: row.commonName },
        { label: t.serialNumber, value: row.serialNumber },
        { label: t.notBefore, value: dateText(row.notBefore) },
        { label: t.notAfter, value: dateText(row.notAfter) },
        { label: t.certificateEmail, value: row.certificateEmail },
        { label: t.device, value: codes.devices[row.device] },
        ...(row.revokedAt ? [{ label: t.revokedAt, value: momentText(row.revokedAt) }] : []),
        ...(given ? [{ label: t.reasonShort, value: codes.reasons[given] }] : []),
      ]}
    />
  );
}
