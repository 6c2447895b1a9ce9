import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { CertificateRow, Status } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { codeWords } from "../words.ts";
import { subscriberWords } from "./words.ts";

const signs: Readonly<Record<Status, StatusIndicatorProps.Type>> = {
  issuing: "in-progress",
  issued: "info",
  downloaded: "success",
  revoked: "stopped",
  failed: "warning",
};

/** A certificate's status with its badge (to be revoked on a day, expired, issuance failed) and, where issuance failed, why. */
export function CertificateStatus({
  row,
}: {
  readonly row: Pick<CertificateRow, "status" | "notAfter" | "error" | "revokeOn">;
}) {
  const t = useWords(subscriberWords);
  const codes = useWords(codeWords);
  const [now] = useState(() => Date.now());
  const expired = (row.status === "issued" || row.status === "downloaded") && Date.parse(row.notAfter) < now;
  return (
    <>
      <StatusIndicator type={signs[row.status]}>{codes.statuses[row.status]}</StatusIndicator>{" "}
      {row.status === "failed" && <Badge color="red">{t.failed}</Badge>}
      {row.revokeOn && <Badge color="blue">{t.revokeOn(dateText(row.revokeOn))}</Badge>}
      {expired && <Badge color="grey">{t.expired}</Badge>}
      {row.status === "failed" && row.error && (
        <Box fontSize="body-s" color="text-status-error">
          {row.error}
        </Box>
      )}
    </>
  );
}
