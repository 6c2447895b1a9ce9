import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText, momentText } from "../../shared/moment.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { Pairs } from "../frame/pairs.tsx";
import { CertificateStatus } from "../subscribers/certificate-status.tsx";
import { nameIn } from "../subscribers/columns.tsx";
import { codeWords } from "../words.ts";
import { revocationWords } from "./words.ts";

/** By what certificates differ. */
export function CertificateDetails({ row }: { readonly row: CertificateRow }) {
  const t = useWords(revocationWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  return (
    <Pairs
      items={[
        { label: t.name.join(""), value: nameIn(language, row) },
        { label: t.device.join(""), value: codes.devices[row.device] },
        { label: t.certificateEmail.join(""), value: row.certificateEmail },
        { label: t.status.join(""), value: <CertificateStatus row={row} /> },
        { label: t.commonName.join(""), value: row.commonName },
        { label: t.serialNumber.join(""), value: row.serialNumber },
        { label: t.notBefore.join(""), value: dateText(row.notBefore) },
        { label: t.notAfter.join(""), value: dateText(row.notAfter) },
        ...(row.revokeOn ? [{ label: t.revokeOn, value: dateText(row.revokeOn) }] : []),
        ...(row.revokedAt ? [{ label: t.revokedAt, value: momentText(row.revokedAt) }] : []),
        ...(row.revocationReason ? [{ label: t.reasonShort, value: codes.reasons[row.revocationReason] }] : []),
      ]}
    />
  );
}
