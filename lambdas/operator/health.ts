import { judge } from "../authority/at-address.ts";
import { type AuthorityName, authorityNames } from "../authority/authority.ts";
import { repositoryKeys } from "../authority/repository.ts";
import type { FindAuthority } from "../authority/cached.ts";
import type { Ports } from "../certificates/ports.ts";
import type { Notices } from "../notices/notice.ts";
import { packed } from "../pki/crl-entries.ts";
import { missingFrom } from "../pki/crl-publication.ts";
import { promised } from "../revocation/publish.ts";
import { readRevocations } from "../revocation/read-ledger.ts";
import { askedInstant } from "../async/asked-instant.ts";
import { Refusal } from "../refusal.ts";
import type { Operator, Verbs } from "./run.ts";

export type HealthContext = Pick<Ports, "now" | "pending" | "plans" | "ledger"> & {
  readonly notices: Pick<Notices, "listUnsent" | "findNotice">;
  readonly authority: FindAuthority;
  readonly findCrl: (key: string) => Promise<{ readonly bytes: Uint8Array } | undefined>;
  /** The work queues, each with its dead letters. */
  readonly queues: readonly { readonly name: string; readonly queue: string; readonly deadLetters: string }[];
  readonly depth: (queue: string) => Promise<{ readonly waiting: number; readonly inFlight: number }>;
  readonly sendNightly: (message: {
    readonly task: "nightly";
    readonly at: string;
    readonly asker: Operator;
  }) => Promise<void>;
};

const minute = 60_000;
const hour = 60 * minute;
/** People wait for a mail for longer than this: messages were lost, which the sweep sends again, or more are sent than SES takes. */
const waitingForMail = 3 * minute;
/** Nothing is being issued for longer than this. */
const quarter = 15 * minute;
/** How long after its midnight a planned revocation is on the CRL. */
const afterMidnight = 5 * minute;

/** Health and the schedule's work on demand. */
export const healthVerbs = (context: HealthContext) =>
  ({
    health: async () => {
      const now = context.now();
      const before = (age: number) => new Date(now.getTime() - age).toISOString();
      const [crl, queues, stuck, overdue, unsent] = await Promise.all([
        Promise.all(authorityNames.map((name) => crlOf(context, name, now))),
        Promise.all(
          context.queues.map(async ({ name, queue, deadLetters }) => ({
            name,
            ...(await context.depth(queue)),
            deadLetters: (await context.depth(deadLetters)).waiting,
          })),
        ),
        context.pending.list(before(quarter)),
        context.plans.listDue(before(afterMidnight)),
        unsentSince(context, before(waitingForMail), before(-hour)),
      ]);
      const right = crl.every((one) => !("error" in one) && new Date(one.nextUpdate) > now && one.missing === 0);
      const nothingLeft = stuck.length === 0 && overdue.length === 0 && unsent === 0;
      const ok = right && nothingLeft && queues.every(({ deadLetters }) => deadLetters === 0);
      return { ok, crl, queues, stuck: stuck.length, overdue: overdue.length, unsent };
    },
    "nightly run": async ({ at }, asker) => {
      const now = context.now();
      if (at !== undefined && new Date(at) > now)
        throw new Refusal("usage", {
          detail: `--at: ${at} is later than now, ${now.toISOString()}, and nothing is done before its time; a test moves the clock: npm start -- --clock ${at}`,
        });
      const message = { task: "nightly", at: askedInstant(at, now).toISOString() } as const;
      await context.sendNightly({ ...message, asker });
      return { requested: message.task, at: message.at };
    },
  }) satisfies Partial<Verbs>;

const publication = "the publisher replaces it within a minute; see the runbook, CrlDifferenceAlarm";
const remedy: Readonly<Record<AuthorityName, string>> = {
  root: `${publication}, and BootstrapFailuresAlarm if it stays`,
  subscribers: `${publication}, and PublicationDeadLettersAlarm if it stays`,
  administrators: `${publication}, and PublicationDeadLettersAlarm if it stays`,
};

/** Notices that were made before the instant and are not sent. Those that were sent again are listed under a later one. */
async function unsentSince(
  { notices }: Pick<HealthContext, "notices">,
  before: string,
  listedBefore: string,
): Promise<number> {
  const listed = await notices.listUnsent(listedBefore);
  const found = await Promise.all(listed.map(({ tenantId, noticeId }) => notices.findNotice(tenantId, noticeId)));
  return found.filter((one) => one !== undefined && one.sentAt === undefined && one.createdAt < before).length;
}

/** The CRL at its address, and how many revocations it should carry by now and does not. */
async function crlOf(context: HealthContext, issuer: (typeof authorityNames)[number], now: Date) {
  const published = await context.findCrl(repositoryKeys.crl(issuer));
  try {
    const { certificate } = await context.authority(issuer);
    const { crl, fault } = judge(published?.bytes, certificate, undefined);
    if (crl === undefined) return { issuer, error: `${fault ?? "nothing is published"}; ${remedy[issuer]}` };
    const ledger = issuer === "root" ? packed([]) : await readRevocations(context.ledger, issuer);
    return {
      issuer,
      number: Number(crl.number),
      thisUpdate: crl.thisUpdate.toISOString(),
      nextUpdate: crl.nextUpdate.toISOString(),
      entries: crl.entries.count,
      missing: missingFrom(crl, ledger, new Date(now.getTime() - promised)).length,
    };
  } catch (error) {
    return { issuer, error: String(error) };
  }
}
