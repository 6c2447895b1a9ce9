/** 3000 → 3,000 */
export const counted = (count: number): string => count.toLocaleString("en");
