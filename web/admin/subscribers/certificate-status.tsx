import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { CertificateRow, Status } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { Phrased } from "../frame/phrases.tsx";
import { codeWords } from "../words.ts";
import { subscriberWords } from "./words.ts";

type Sign = Pick<StatusIndicatorProps, "type" | "colorOverride">;

/** Issued is well, but not at its end: the holder has yet to download it. */
const signs: Readonly<Record<Status, Sign>> = {
  issuing: { type: "in-progress" },
  issued: { type: "pending", colorOverride: "green" },
  downloaded: { type: "success" },
  revoked: { type: "stopped" },
  failed: { type: "error" },
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
      <StatusIndicator {...signs[row.status]}>
        <Phrased text={codes.statuses[row.status]} />
      </StatusIndicator>{" "}
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
