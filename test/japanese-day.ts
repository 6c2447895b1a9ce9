/** `yyyy/mm/dd` in Japan so many days from today. */
export const japaneseDay = (days: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "/");
