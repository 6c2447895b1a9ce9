import { authorityNames, repositoryKeys } from "../authority/authority.ts";
import type { Certificates } from "../certificates/certificate.ts";
import { readCrl } from "../pki/crl-reader.ts";
import type { Verbs } from "./run.ts";

export type HealthContext = {
  readonly now: () => Date;
  readonly certificates: Pick<Certificates, "listPending">;
  readonly findCrl: (key: string) => Promise<{ readonly bytes: Uint8Array } | undefined>;
  /** The work queues, each with its dead letters. */
  readonly queues: readonly { readonly name: string; readonly queue: string; readonly deadLetters: string }[];
  readonly depth: (queue: string) => Promise<{ readonly waiting: number; readonly inFlight: number }>;
  readonly sendNightly: (message: { readonly task: "sweep"; readonly at?: string }) => Promise<void>;
};

const quarter = 15 * 60_000;

/** Health and the schedule's work on demand. */
export const healthVerbs = (context: HealthContext) =>
  ({
    health: async () => {
      const now = context.now();
      const [crl, queues, stuck] = await Promise.all([
        Promise.all(authorityNames.map((name) => crlOf(context, name))),
        Promise.all(
          context.queues.map(async ({ name, queue, deadLetters }) => ({
            name,
            ...(await context.depth(queue)),
            deadLetters: (await context.depth(deadLetters)).waiting,
          })),
        ),
        context.certificates.listPending(new Date(now.getTime() - quarter).toISOString()),
      ]);
      const fresh = crl.every(({ nextUpdate }) => nextUpdate !== undefined && new Date(nextUpdate) > now);
      const ok = fresh && stuck.length === 0 && queues.every(({ deadLetters }) => deadLetters === 0);
      return { ok, crl, queues, stuck: stuck.length };
    },
    "nightly run": async ({ at }) => {
      await context.sendNightly({ task: "sweep", ...(at === undefined ? {} : { at }) });
      return { requested: "sweep", ...(at === undefined ? {} : { at }) };
    },
  }) satisfies Partial<Verbs>;

async function crlOf(context: HealthContext, issuer: (typeof authorityNames)[number]) {
  const published = await context.findCrl(repositoryKeys.crl(issuer));
  if (published === undefined) return { issuer };
  const { number, thisUpdate, nextUpdate, entries } = readCrl(published.bytes);
  return {
    issuer,
    number: Number(number),
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate.toISOString(),
    entries: entries.length,
  };
}
