import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import { useState } from "react";
import type { CertificateDetails } from "../../../lambdas/contract/shapes.ts";
import { dateText, momentText } from "../../shared/moment.ts";
import { editWords } from "../editing/words.ts";
import { useWords } from "../frame/contexts.ts";
import { codeWords } from "../words.ts";
import { CertificateStatus } from "./certificate-status.tsx";
import { panelWords } from "./panel-words.ts";

/** What the certificate contains, and its dates. */
export function CertificateFacts({ details }: { readonly details: CertificateDetails }) {
  const t = useWords(panelWords);
  const edit = useWords(editWords);
  const codes = useWords(codeWords);
  const [now] = useState(() => Date.now());
  const { row, keyDestroyedAt } = details;
  const given = (label: string, value: React.ReactNode) => (value ? [{ label, value }] : []);
  return (
    <KeyValuePairs
      columns={1}
      items={[
        { label: t.status, value: <CertificateStatus row={row} /> },
        ...given(t.revokeOn, row.revokeOn && t.atMidnight(dateText(row.revokeOn))),
        ...given(t.revokedAt, row.revokedAt && momentText(row.revokedAt)),
        ...given(t.reason, row.revocationReason && codes.reasons[row.revocationReason]),
        { label: t.primaryEmail, value: <Address text={row.primaryEmail} /> },
        { label: t.certificateEmail, value: <Address text={row.certificateEmail} /> },
        ...given(edit.deviceEmail, row.deviceEmail && <Address text={row.deviceEmail} />),
        { label: t.organization, value: row.organizationName },
        {
          label: t.subject,
          value: (
            <div className="subject">
              {details.subject.map(({ name, value }) => (
                <div key={`${name} ${value}`}>
                  {name}={value}
                </div>
              ))}
            </div>
          ),
        },
        { label: t.serialNumber, value: <span className="subject">{row.serialNumber || "-"}</span> },
        { label: t.validity, value: `${momentText(row.notBefore)} ～ ${momentText(row.notAfter)}` },
        { label: t.key, value: t.keys[details.key] },
        ...given(t.principalName, details.principalName),
        ...given(t.linkId, details.linkId),
        { label: t.requestedAt, value: momentText(details.requestedAt) },
        ...given(t.issuedAt, details.issuedAt && momentText(details.issuedAt)),
        ...given(t.downloadedAt, details.downloadedAt && momentText(details.downloadedAt)),
        ...given(
          t.privateKey,
          keyDestroyedAt &&
            (Date.parse(keyDestroyedAt) <= now ? t.destroyed : t.willBeDestroyed)(momentText(keyDestroyedAt)),
        ),
        ...given(t.file, details.importJobId && <Link href={`#/imports/${details.importJobId}`}>{t.openFile}</Link>),
      ]}
    />
  );
}

const Address = ({ text }: { readonly text: string }) => <span className="mail">{text}</span>;
