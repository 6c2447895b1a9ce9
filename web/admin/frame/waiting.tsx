import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

/** Shown in the place of a whole page that is on its way: a page has a title from the start. */
export function WaitingPage() {
  const t = useWords(frameWords);
  return (
    <>
      <h1 className="unseen">{t.unnamedSite}</h1>
      <Waiting />
    </>
  );
}

/** Shown while a page or its content is on its way. */
export function Waiting() {
  const t = useWords(frameWords);
  return (
    <Box padding="xxl" textAlign="center" color="text-body-secondary">
      <span role="status">
        <Spinner /> {t.loading}
      </span>
    </Box>
  );
}
