import Header from "@cloudscape-design/components/header";
import { useWords } from "../frame/contexts.ts";
import { StackingTable } from "../frame/stacking-table.tsx";
import { editWords } from "./words.ts";

type Difference = { readonly name: string; readonly from: string; readonly to: string };

/** What will be changed, before and after. */
export function Differences({ items }: { readonly items: readonly Difference[] }) {
  const t = useWords(editWords);
  return (
    <StackingTable
      label={t.changes}
      items={items}
      keyOf={({ name }) => name}
      header={<Header variant="h2">{t.changes}</Header>}
      columns={[
        { id: "field", header: t.field, cell: ({ name }) => name, minWidth: 200 },
        { id: "before", header: t.before, cell: ({ from }) => <span className="mail">{from}</span>, minWidth: 180 },
        { id: "after", header: t.after, cell: ({ to }) => <span className="mail">{to}</span>, minWidth: 180 },
      ]}
    />
  );
}
