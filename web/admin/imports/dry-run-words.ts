import { texts } from "../../shared/texts.ts";

/** Words of a file that was only checked. */
export const dryRunWords = texts({
  ja: {
    checked: { register: "確認のみ（登録していません）", revoke: "確認のみ（失効していません）" },
    refused: "確認のみ（誤りがあります）",
    header: "ファイルに誤りはありませんでした。",
    advice: (rows: string) => `確認のみのため、${rows} 行のどれも処理していません。`,
    title: (operation: string) => `${operation}（確認のみ）`,
  },
  en: {
    checked: { register: "Only checked (nothing was registered)", revoke: "Only checked (nothing was revoked)" },
    refused: "Only checked (has mistakes)",
    header: "The file has no mistakes.",
    advice: (rows) => `It was only checked: none of its ${rows} rows was done.`,
    title: (operation) => `${operation} (only checked)`,
  },
});
