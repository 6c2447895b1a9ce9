import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Icon from "@cloudscape-design/components/icon";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { CertificateRow, Status } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { Phrased } from "../frame/phrases.tsx";
import { codeWords } from "../words.ts";
import { subscriberWords } from "./words.ts";

/** Issued has a sign of its own: well, but not at its end, because the holder has yet to download it. */
const signs: Readonly<Record<Exclude<Status, "issued">, StatusIndicatorProps.Type>> = {
  issuing: "in-progress",
  downloaded: "success",
  revoked: "stopped",
  failed: "error",
};

type Props = {
  readonly row: Pick<CertificateRow, "status" | "notAfter" | "error" | "revokeOn">;
  /** For a list whose rows are one line: what does not fit is cut off. */
  readonly oneLine?: boolean;
};

/** A certificate's status with its badge (to be revoked on a day, expired, issuance failed) and, where issuance failed, why. */
export function CertificateStatus({ row, oneLine = false }: Props) {
  const t = useWords(subscriberWords);
  const codes = useWords(codeWords);
  const [now] = useState(() => Date.now());
  const expired = (row.status === "issued" || row.status === "downloaded") && Date.parse(row.notAfter) < now;
  const name = oneLine ? codes.statuses[row.status].join("") : <Phrased text={codes.statuses[row.status]} />;
  return (
    <>
      {row.status === "issued" ? (
        <Box variant="span" color="text-status-info">
          <Icon name="envelope" /> {name}
        </Box>
      ) : (
        <StatusIndicator type={signs[row.status]}>{name}</StatusIndicator>
      )}{" "}
      {row.status === "failed" && <Badge color="red">{t.failed}</Badge>}
      {row.revokeOn && <Badge color="blue">{t.revokeOn(dateText(row.revokeOn))}</Badge>}
      {expired && <Badge color="grey">{t.expired}</Badge>}
      {row.status === "failed" &&
        row.error &&
        (oneLine ? (
          <span title={row.error}> {row.error}</span>
        ) : (
          <Box fontSize="body-s" color="text-status-error">
            {row.error}
          </Box>
        ))}
    </>
  );
}
