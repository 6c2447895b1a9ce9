import Box from "@cloudscape-design/components/box";
import { useCallback, useEffect } from "react";
import { SessionContext, useCall, useSpeech, useWords } from "./contexts.ts";
import { Frame } from "./frame.tsx";
import { useLoaded } from "./load.ts";
import { Trouble } from "./trouble.tsx";
import { Waiting } from "./waiting.tsx";
import { frameWords } from "./words.ts";

/** Asks who signs in by this certificate, and shows the site to them. */
export function SignedIn() {
  const t = useWords(frameWords);
  const call = useCall();
  const { suggest } = useSpeech();
  const [session, again] = useLoaded(useCallback((signal: AbortSignal) => call("getSession", { signal }), [call]));
  const language = session.state === "ready" ? session.value.administrator.language : undefined;
  useEffect(() => {
    if (language) suggest(language);
    // The suggestion is made once, when the session is known: `suggest` itself changes with the language.
  }, [language]);

  if (session.state === "loading") return <Waiting />;
  if (session.state === "failed")
    return (
      <main className="alone">
        <Box variant="h1">{t.unnamedSite}</Box>
        <Trouble cause={session.cause} again={again} />
      </main>
    );
  return (
    <SessionContext value={session.value}>
      <Frame />
    </SessionContext>
  );
}
