import { type KeyboardEvent, useState } from "react";
import type { SortColumn } from "../../../lambdas/contract/lists.ts";
import { statuses } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useWords } from "../frame/contexts.ts";
import { codeWords, deviceOrder } from "../words.ts";
import { subscriberWords } from "./words.ts";

type Target = { readonly value: string; readonly label: string };

/** The kana of each row of the syllabary: its first and, for a list from the end, its last. */
const kanaRows = [
  ["あ", "ア", "オ"],
  ["か", "カ", "コ"],
  ["さ", "サ", "ソ"],
  ["た", "タ", "ト"],
  ["な", "ナ", "ノ"],
  ["は", "ハ", "ホ"],
  ["ま", "マ", "モ"],
  ["や", "ヤ", "ヨ"],
  ["ら", "ラ", "ロ"],
  ["わ", "ワ", "ン"],
] as const;
const letters = ["0", ...Array.from({ length: 26 }, (_, at) => String.fromCodePoint("a".charCodeAt(0) + at))];
const monthsOffered = 6;

/** This month and those that follow, `yyyy/mm` in Japan. */
function months(now: number): readonly string[] {
  const [year = 0, month = 0] = dateText(new Date(now).toISOString()).split("/").map(Number);
  return Array.from({ length: monthsOffered }, (_, at) => {
    const ordinal = month - 1 + at;
    return `${year + Math.floor(ordinal / 12)}/${String((ordinal % 12) + 1).padStart(2, "0")}`;
  });
}

type Props = {
  readonly sort: SortColumn;
  readonly descending: boolean;
  /** Where the page begins, when a jump led to it. */
  readonly current: string | undefined;
  readonly jump: (value: string) => void;
};

/** Leads to where a value begins in the present order: one stop for the keyboard, whose arrows go along it. */
export function JumpBar({ sort, descending, current, jump }: Props) {
  const t = useWords(subscriberWords);
  const codes = useWords(codeWords);
  const [now] = useState(() => Date.now());
  const same = (value: string): Target => ({ value, label: value });
  const targets: Readonly<Record<SortColumn, () => readonly Target[]>> = {
    name: () => kanaRows.map(([label, first, last]) => ({ label, value: descending ? last : first })),
    primaryEmail: () => letters.map(same),
    certificateEmail: () => letters.map(same),
    status: () =>
      statuses.map((status) => ({
        value: status,
        label: status === "failed" ? t.failed : codes.statuses[status].join("").replace(/^証明書/, ""),
      })),
    device: () => deviceOrder.map((device) => ({ value: device, label: codes.devices[device] })),
    notAfter: () => months(now).map(same),
  };
  const offered = targets[sort]();
  const stop = Math.max(
    0,
    offered.findIndex(({ value }) => value === current),
  );
  return (
    <div className="jump" role="toolbar" aria-label={t.jump}>
      <span className="jump-name" aria-hidden>
        {t.jumpName}
      </span>
      {offered.map(({ value, label }, at) => (
        <button
          key={value}
          type="button"
          tabIndex={at === stop ? 0 : -1}
          aria-label={t.jumpTo(label)}
          {...(value === current ? { "aria-current": true } : {})}
          onKeyDown={alongTheBar}
          onClick={() => jump(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function alongTheBar({ key, currentTarget }: KeyboardEvent<HTMLButtonElement>): void {
  const next = key === "ArrowRight" ? currentTarget.nextElementSibling : currentTarget.previousElementSibling;
  if ((key === "ArrowRight" || key === "ArrowLeft") && next instanceof HTMLElement) next.focus();
}
