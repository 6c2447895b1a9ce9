import * as z from "zod/mini";
import type { Archive } from "./archive.ts";
import { dayAfter, dayFile, type DayContext, sha256 } from "./day-file.ts";

export type VerifyContext = DayContext & { readonly archive: Archive };

const headShape = z.object({ day: z.string(), previous: z.string(), lines: z.number() });

export type Verified = {
  readonly days: number;
  readonly faults: readonly { readonly day: string; readonly fault: string }[];
  /** The day after the last one of this call, if there are more. */
  readonly next?: string;
};

/** Checks the files from a day on, up to `most`: the chain, that no day is missing, and that the table has the same lines. */
export async function verifyDays(context: VerifyContext, from: string | undefined, most: number): Promise<Verified> {
  const all = await context.archive.listDays();
  const start = from === undefined ? 0 : all.findIndex((day) => day >= from);
  const days = start < 0 ? [] : all.slice(start, start + most);
  const faults: { day: string; fault: string }[] = [];
  for (const [at, day] of days.entries()) {
    const before = all[start + at - 1];
    const fault = await faultOf(context, day, before);
    if (fault !== undefined) faults.push({ day, fault });
  }
  const next = start < 0 ? undefined : all[start + most];
  return { days: days.length, faults, ...(next === undefined ? {} : { next }) };
}

async function faultOf(context: VerifyContext, day: string, before: string | undefined): Promise<string | undefined> {
  if (before !== undefined && dayAfter(before) !== day) return `the files of the days after ${before} are missing`;
  const file = await context.archive.find(day);
  if (file === undefined) return "the file cannot be read";
  const earlier = before === undefined ? undefined : await context.archive.find(before);
  const previous = earlier === undefined ? "none" : sha256(earlier);
  const head = headOf(file);
  if (head?.day !== day) return "the file is not of this day";
  if (head.previous !== previous)
    return `the file does not follow the one of ${before ?? "no day"}: its SHA-256 is ${previous}`;
  const made = await dayFile(context, day, previous);
  return Buffer.compare(made, file) === 0 ? undefined : "the table has other lines of this day than the file";
}

function headOf(file: Uint8Array) {
  try {
    const text = Buffer.from(file).toString("utf8");
    return headShape.parse(JSON.parse(text.slice(0, text.indexOf("\n"))));
  } catch {
    return undefined;
  }
}
