import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import Calendar, { type CalendarProps } from "@cloudscape-design/components/calendar";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { useWords } from "../frame/contexts.ts";
import { calendarValue, slashed } from "./day.ts";
import { revocationWords } from "./words.ts";

type Props = Required<Pick<CalendarProps, "isDateEnabled">> & {
  /** What the calendar is called to who cannot see what it belongs to. */
  readonly name: string;
  /** What was typed, or `yyyy/mm/dd` from the calendar. */
  readonly value: string;
  readonly onChange: (event: { readonly detail: { readonly value: string } }) => void;
};

/**
 * A day, typed or from a calendar below. The library's own picker changes a day that does not exist into another one
 * while it is typed; here it stays, for the field to say so.
 */
export function DayPicker({ name, value, onChange, isDateEnabled }: Props) {
  const t = useWords(revocationWords);
  const [open, setOpen] = useState(false);
  const button = useRef<ButtonProps.Ref>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const chosen: NonNullable<CalendarProps["onChange"]> = ({ detail }) => {
    onChange({ detail: { value: slashed(detail.value) } });
    close();
  };
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        <Input value={value} placeholder="yyyy/mm/dd" autoComplete={false} onChange={onChange} />
        <Button
          ref={button}
          iconName="calendar"
          ariaLabel={t.openCalendar}
          ariaExpanded={open}
          formAction="none"
          onClick={() => setOpen(!open)}
        />
      </SpaceBetween>
      {open && (
        <div
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            // The window that this is part of stays.
            event.stopPropagation();
            close();
          }}
        >
          <Calendar ariaLabel={name} value={calendarValue(value)} onChange={chosen} isDateEnabled={isDateEnabled} />
        </div>
      )}
    </SpaceBetween>
  );
}
