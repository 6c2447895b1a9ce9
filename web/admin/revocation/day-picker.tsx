import DatePicker, { type DatePickerProps } from "@cloudscape-design/components/date-picker";
import { useEffect } from "react";

type Props = Pick<DatePickerProps, "value" | "onChange" | "isDateEnabled" | "dateDisabledReason"> & {
  /** What the calendar is called to who cannot see what it belongs to. */
  readonly name: string;
};

/** A day as `yyyy/mm/dd`, typed or from a calendar that may reach beyond the window it stands in. */
export function DayPicker({ name, ...picker }: Props) {
  useEffect(() => {
    // The library opens its calendar as a dialog without a name (WCAG 4.1.2), at the end of the document.
    const give = () => {
      for (const dialog of document.querySelectorAll('[role="dialog"]:not([aria-label]):not([aria-labelledby])'))
        dialog.setAttribute("aria-label", name);
    };
    const watch = new MutationObserver(give);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [name]);
  return <DatePicker {...picker} format="slashed" inputFormat="slashed" placeholder="yyyy/mm/dd" expandToViewport />;
}
