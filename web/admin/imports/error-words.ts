import { texts } from "../../shared/texts.ts";

/** Words of a list of errors, whoever has found them. */
export const errorWords = texts({
  ja: {
    value: "値",
    kind: "誤りの種類",
    allKinds: (count: string) => `すべての種類（${count} 件）`,
    allRows: "すべての行",
  },
  en: {
    value: "Value",
    kind: "Kind of mistake",
    allKinds: (count) => `All kinds (${count})`,
    allRows: "All rows",
  },
});
