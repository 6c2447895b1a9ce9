import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useEffect } from "react";
import { SessionContext, useCall, useSpeech, useWords } from "./contexts.ts";
import { Frame } from "./frame.tsx";
import { useLoad } from "./use-load.ts";
import { UnnamedMasthead } from "./masthead.tsx";
import { ErrorAlert } from "./error-alert.tsx";
import { WaitingPage } from "./waiting.tsx";
import { frameWords } from "./words.ts";

/** Asks who signs in by this certificate, and shows the site to them. */
export function SignedIn() {
  const t = useWords(frameWords);
  const call = useCall();
  const { suggest } = useSpeech();
  const [session, again] = useLoad(useCallback((signal: AbortSignal) => call("getSession", { signal }), [call]));
  const language = session.state === "ready" ? session.value.administrator.language : undefined;
  useEffect(() => {
    if (language) suggest(language);
    // The suggestion is made once, when the session is known: `suggest` itself changes with the language.
  }, [language]);

  const refused = session.state === "failed";
  useEffect(() => {
    if (refused) document.title = `${t.noEntry} - ${t.unnamedSite}`;
  }, [refused, t]);

  if (session.state === "loading")
    return (
      <main>
        <WaitingPage />
      </main>
    );
  if (session.state === "failed")
    return (
      <>
        <UnnamedMasthead />
        <main className="alone">
          <SpaceBetween size="l">
            <Box variant="h1">{t.noEntry}</Box>
            <ErrorAlert cause={session.cause} again={again} />
          </SpaceBetween>
        </main>
      </>
    );
  return (
    <SessionContext value={session.value}>
      <Frame />
    </SessionContext>
  );
}
