import { useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

/** 本文へ: the first stop of the keyboard, seen while it has the focus. */
export function SkipLink() {
  const t = useWords(frameWords);
  return (
    <button
      type="button"
      className="skip"
      onClick={() => document.querySelector<HTMLElement>("main .heading")?.focus()}
    >
      {t.skip}
    </button>
  );
}
