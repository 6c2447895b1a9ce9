import type { Device } from "./fields.ts";
import type { Language } from "./language.ts";

/** Device kinds as screens and mails name them. */
export const deviceNames: Readonly<Record<Language, Readonly<Record<Device, string>>>> = {
  ja: { "01": "WindowsPC", "11": "iOS(iPhone)", "12": "iOS(iPad)", "20": "Android", "99": "その他" },
  en: { "01": "Windows PC", "11": "iOS (iPhone)", "12": "iOS (iPad)", "20": "Android", "99": "Other" },
};

/** Device kinds in the names of files, which hold no brackets. */
export const deviceFileNames: Readonly<Record<Device, string>> = {
  "01": "WindowsPC",
  "11": "iPhone",
  "12": "iPad",
  "20": "Android",
  "99": "Other",
};
/** Device kinds as folders of an archive that people read. */
export const deviceFolders: Readonly<Record<Language, Readonly<Record<Device, string>>>> = {
  ja: { ...deviceFileNames, "99": "その他" },
  en: deviceFileNames,
};
