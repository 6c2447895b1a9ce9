import type { Archive } from "./archive.ts";
import { dayAfter, dayFile, type DayContext, dayOf, sha256 } from "./day-file.ts";

export type ExportContext = DayContext & {
  readonly now: () => Date;
  readonly archive: Archive;
};

/** A day is over for the archive this long after midnight UTC: no function runs longer and records an earlier instant. */
const margin = 30 * 60_000;
const day = 86_400_000;

/**
 * Writes the files of all days that are over and have none, in order, each naming the SHA-256 of the one before. A late run
 * makes up for missed ones; of two simultaneous runs one writes each day. Begins with the oldest tenant's day.
 */
export async function exportDays(context: ExportContext): Promise<readonly string[]> {
  const last = dayOf(new Date(context.now().getTime() - margin - day));
  const newest = (await context.archive.listDays()).at(-1);
  const written: string[] = [];
  let previous = newest === undefined ? undefined : await digestOf(context.archive, newest);
  for (
    let next = newest === undefined ? await firstDay(context, last) : dayAfter(newest);
    next <= last;
    next = dayAfter(next)
  ) {
    const file = await dayFile(context, next, previous ?? "none");
    if (await context.archive.add(next, file)) written.push(next);
    // What is there counts, whoever wrote it.
    previous = await digestOf(context.archive, next);
  }
  return written;
}

async function digestOf(archive: Archive, of: string): Promise<string> {
  const file = await archive.find(of);
  if (file === undefined) throw new Error(`the archive lists ${of} and has no such file`);
  return sha256(file);
}

async function firstDay({ tenants }: ExportContext, last: string): Promise<string> {
  const days = (await tenants.listTenants()).map(({ createdAt }) => createdAt.slice(0, 10));
  return [last, ...days].toSorted()[0] ?? last;
}
