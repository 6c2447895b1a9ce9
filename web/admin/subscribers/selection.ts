import { useEffect, useState } from "react";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";

type Chosen = ReadonlyMap<string, CertificateRow>;

/** What is chosen in each list, so that a visit to another page of the site does not lose it. A reload does. */
const lastChosen = new Map<string, Chosen>();

/** The chosen certificates of a list, over all its pages, in the order of choosing. */
export function useSelection(list: string, rows: readonly CertificateRow[]) {
  const [chosen, setChosen] = useState<Chosen>(() => lastChosen.get(list) ?? new Map());
  useEffect(() => void lastChosen.set(list, chosen), [list, chosen]);
  const shown = new Map(rows.map((row) => [row.certificateId, row]));
  return {
    /** As they are shown now, or were when their page was last seen. */
    selected: [...chosen].map(([id, row]) => shown.get(id) ?? row),
    /** Those on this page. */
    here: rows.filter((row) => chosen.has(row.certificateId)),
    /** These of this page are chosen from now on; other pages stay as they are. */
    choose: (onPage: readonly CertificateRow[]) =>
      setChosen((before) => {
        const kept = [...before].filter(([id]) => !shown.has(id) || onPage.some((row) => row.certificateId === id));
        return new Map([...kept, ...onPage.map((row) => [row.certificateId, row] as const)]);
      }),
    clear: () => setChosen(new Map()),
  };
}
