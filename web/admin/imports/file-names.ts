/** `shinki.csv` → `shinki`: what is made of a file is named after it. */
export const baseName = (fileName: string): string => fileName.replace(/\.[^.]{1,5}$/, "");
