import Button from "@cloudscape-design/components/button";
import type { IconProps } from "@cloudscape-design/components/icon";
import { useWords } from "../frame/contexts.ts";
import type { useCertificatePages } from "./certificate-pages.ts";
import { sizes } from "./list-view.ts";
import { searchWords } from "../search/words.ts";
import { subscriberWords } from "./words.ts";

type Pages = ReturnType<typeof useCertificatePages>;
type Way = keyof Pages["ways"];

const icons: Readonly<Record<Way, IconProps.Name>> = {
  first: "angle-left-double",
  previous: "angle-left",
  next: "angle-right",
  last: "angle-right-double",
};

/** Which rows these are, of how many, how many a page holds, and the ways to the others. */
export function ListPages({ view, rows, number, total, atLeast, loading, ways, resize }: Pages) {
  const t = useWords(subscriberWords);
  const s = useWords(searchWords);
  const range = number === undefined || rows.length === 0 ? undefined : [number, number + rows.length - 1];
  return (
    <div className="pages" role="group" aria-label={t.page}>
      {atLeast !== undefined && <span className="pages-range">{s.counting(atLeast)}</span>}
      {total !== undefined && (
        <span className="pages-range" aria-live="polite">
          {range ? t.range(range[0] ?? 0, range[1] ?? 0, total) : t.total(total)}
        </span>
      )}
      <span className="pages-sizes" role="group" aria-label={t.sizes}>
        {sizes.map((size) => (
          <button key={size} type="button" aria-pressed={size === view.size} onClick={() => resize(size)}>
            {t.size(size)}
          </button>
        ))}
      </span>
      {(["first", "previous", "next", "last"] as const).map((way) => (
        <Button
          key={way}
          variant="icon"
          iconName={icons[way]}
          ariaLabel={t.ways[way]}
          disabled={loading || ways[way] === undefined}
          onClick={() => ways[way]?.()}
        />
      ))}
    </div>
  );
}
