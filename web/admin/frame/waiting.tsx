import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

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
