export type Language = "ja" | "en";

/** A sentence for people, in both languages; `{fact}` is filled from facts. */
export type Message = Readonly<Record<Language, string>>;

/** What a message is filled from: counts, names, places. Never a secret. */
export type Facts = Readonly<Record<string, string | number>>;
