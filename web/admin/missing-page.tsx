import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import ContentLayout from "@cloudscape-design/components/content-layout";
import { useWords } from "./frame/contexts.ts";
import { Heading } from "./frame/heading.tsx";
import { frameWords } from "./frame/words.ts";

/** For an address that no page answers to. */
export function MissingPage() {
  const t = useWords(frameWords);
  return (
    <ContentLayout header={<Heading title={t.missingPage} />}>
      <Box>{t.missingPageAdvice}</Box>
      <Link href="#/">{t.toTop}</Link>
    </ContentLayout>
  );
}
