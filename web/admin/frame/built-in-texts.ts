import type { I18nProviderProps } from "@cloudscape-design/components/i18n";
import type { Language } from "../../shared/texts.ts";

type Messages = readonly I18nProviderProps.Messages[];

const loaded = new Map<Language, Promise<Messages>>();

/** The component library's own words in a language, with ours over them; loaded once. */
export function builtInTexts(language: Language): Promise<Messages> {
  const known = loaded.get(language) ?? load[language]();
  loaded.set(language, known);
  return known;
}

/** The library's Japanese is partly machine-made: these are the words a Japanese office uses. */
const better: I18nProviderProps.Messages = {
  "cloudscape-design-components": {
    ja: {
      "app-layout": {
        "ariaLabels.navigation": "メニュー",
        "ariaLabels.navigationClose": "メニューを閉じる",
        "ariaLabels.navigationToggle": "メニューを開く",
        "ariaLabels.notifications": "お知らせ",
      },
      alert: { dismissAriaLabel: "お知らせを閉じる", "i18nStrings.dismissAriaLabel": "お知らせを閉じる" },
      flashbar: {
        "i18nStrings.ariaLabel": "お知らせ",
        "i18nStrings.notificationBarText": "お知らせ",
        "i18nStrings.notificationBarAriaLabel": "お知らせをすべて表示",
        "i18nStrings.inProgressIconAriaLabel": "処理中",
      },
      calendar: { nextMonthAriaLabel: "次の月", previousMonthAriaLabel: "前の月" },
      modal: { closeAriaLabel: "ウィンドウを閉じる" },
      input: { clearAriaLabel: "入力を消す" },
      pagination: { "ariaLabels.pageLabel": "{pageNumber} ページ目" },
      select: { recoveryText: "もう一度読み込む", selectedAriaLabel: "選択中" },
      table: {
        "ariaLabels.liveAnnouncementSortOrder": "{columns}で並べ替えました",
        "ariaLabels.liveAnnouncementSortCleared": "並べ替えを解除しました",
      },
      popover: { dismissAriaLabel: "説明を閉じる" },
      "error-boundary": { "i18nStrings.headerText": "画面を表示できませんでした" },
    },
  },
};

const load: Record<Language, () => Promise<Messages>> = {
  ja: async () => [(await import("@cloudscape-design/components/i18n/messages/all.ja")).default, better],
  en: async () => [(await import("@cloudscape-design/components/i18n/messages/all.en")).default],
};
