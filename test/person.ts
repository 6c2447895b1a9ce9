/** 山田 太郎, the subscriber of the manual's examples. */
export const yamadaTaro = {
  familyName: "山田",
  givenName: "太郎",
  familyNameKana: "ヤマダ",
  givenNameKana: "タロウ",
  familyNameEnglish: "Yamada",
  givenNameEnglish: "Taro",
} as const;
