import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Drawer from "@cloudscape-design/components/drawer";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useCall, useSpeech, useWords } from "../frame/contexts.ts";
import { ErrorAlert } from "../frame/error-alert.tsx";
import { PanelTitle, SidePanel } from "../frame/panel.tsx";
import { useLoad } from "../frame/use-load.ts";
import { Waiting } from "../frame/waiting.tsx";
import { editWords } from "../editing/words.ts";
import { navigate } from "../frame/hash-address.ts";
import { codeWords } from "../words.ts";
import { CertificateFacts } from "./certificate-facts.tsx";
import { CertificateHistory, SentMails } from "./certificate-history.tsx";
import { editAddress } from "./edit-address.ts";
import type { OrganizationPath } from "./organization-path.ts";
import { nameIn } from "./columns.tsx";
import { panelWords } from "./panel-words.ts";
import { type ListAction, listActions, sorted } from "./skipped.ts";
import { subscriberWords } from "./words.ts";

type Props = {
  readonly certificateId: string;
  /** The row as the list shows it, where it does: when it changes, the details are read again. */
  readonly row: CertificateRow | undefined;
  /** How many acts were done: after another one the details are read again. */
  readonly acts: number;
  readonly act: (action: ListAction, row: CertificateRow) => void;
  readonly close: () => void;
  readonly place: OrganizationPath;
};

/** A certificate in full beside the list: what it contains, the mails about it, and who did what to it when. */
export function CertificatePanel({ certificateId, row, acts, act, close, place }: Props) {
  const t = useWords(panelWords);
  const list = useWords(subscriberWords);
  const edit = useWords(editWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const call = useCall();
  const state = row && `${row.status} ${row.revokeOn}`;
  const [loaded, again] = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const params = { certificateId };
        const [details, { notices }] = await Promise.all([
          call("getCertificateDetails", { params, signal }),
          call("listCertificateNotices", { params, signal }),
        ]);
        return { details, notices };
      },
      // The server words a failure's reason; another state of the row is another history.
      [call, certificateId, language, state, acts],
    ),
  );
  const shown = loaded.state === "ready" ? loaded.value.details.row : row;
  return (
    <SidePanel name={t.title} close={close}>
      <Drawer header={<PanelTitle key={certificateId}>{shown ? nameIn(language, shown) : t.title}</PanelTitle>}>
        <SpaceBetween size="l">
          {shown && (
            <SpaceBetween size="s">
              <Box color="text-body-secondary">{codes.devices[shown.device]}</Box>
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => navigate(editAddress(shown, place))}>{edit.edit}</Button>
                {listActions
                  .filter((action) => sorted(action, [shown]).fit.length > 0)
                  .map((action) => (
                    <Button key={action} onClick={() => act(action, shown)}>
                      {list.actions[action]}
                    </Button>
                  ))}
              </SpaceBetween>
            </SpaceBetween>
          )}
          {loaded.state === "loading" && <Waiting />}
          {loaded.state === "failed" && <ErrorAlert cause={loaded.cause} again={again} />}
          {loaded.state === "ready" && (
            <>
              <CertificateFacts details={loaded.value.details} />
              <SentMails notices={loaded.value.notices} status={loaded.value.details.row.status} />
              <CertificateHistory lines={loaded.value.details.history} />
            </>
          )}
        </SpaceBetween>
      </Drawer>
    </SidePanel>
  );
}
