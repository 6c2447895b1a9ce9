import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LocalFunction } from "./functions.ts";
import { recurrenceOf } from "./schedule-expression.ts";

/** A schedule of the template, resolved. */
export type Schedule = {
  readonly logicalId: string;
  readonly expression: string;
  readonly zone: string;
  /** May hold `<aws.scheduler.scheduled-time>` and the other context attributes. */
  readonly input: string;
  readonly target:
    | { readonly kind: "queue"; readonly url: string }
    | { readonly kind: "function"; readonly function: LocalFunction };
};

export type ScheduleContext = {
  readonly queues: SQSClient;
  /** When this schedule last fired; `undefined` if never. */
  last(logicalId: string): Date | undefined;
  fired(logicalId: string, due: Date): void;
  readonly report: (line: string) => void;
};

/** The maximum of a Node timer is 2^31 - 1 ms; a longer wait is divided. */
const longest = 2_147_483_647;
/** A rate schedule is first due this long after the start, so that unfinished work is found soon. */
const firstAfter = 2_000;
const tries = 5;

const instant = (due: Date): string => `${due.toISOString().slice(0, 19)}Z`;

async function deliver({ target, input, logicalId }: Schedule, due: Date, queues: SQSClient): Promise<void> {
  const body = input
    .replaceAll("<aws.scheduler.scheduled-time>", instant(due))
    .replaceAll("<aws.scheduler.schedule-arn>", `local:${logicalId}`)
    .replaceAll("<aws.scheduler.execution-id>", `${logicalId}-${due.getTime()}`)
    .replaceAll("<aws.scheduler.attempt-number>", "1");
  if (target.kind === "queue") {
    await queues.send(new SendMessageCommand({ QueueUrl: target.url, MessageBody: body }));
    return;
  }
  const outcome = await target.function.invoke(JSON.parse(body));
  if (!outcome.ok) throw new Error(outcome.error.errorMessage);
}

/**
 * Runs schedules until `stop`. A cron time that passed while nothing ran fires once at the start.
 * Throws for an unsupported expression.
 */
export function runSchedules(schedules: readonly Schedule[], context: ScheduleContext): { stop(): void } {
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;

  const at = (name: string, due: number, act: () => void): void => {
    if (stopped) return;
    const wait = Math.max(0, due - Date.now());
    timers.set(
      name,
      setTimeout(() => (wait > longest ? at(name, due, act) : act()), Math.min(wait, longest)),
    );
  };

  const fire = async (schedule: Schedule, due: Date, attempt = 1): Promise<void> => {
    try {
      await deliver(schedule, due, context.queues);
      context.fired(schedule.logicalId, due);
    } catch (error) {
      if (stopped) return;
      context.report(
        `schedule ${schedule.logicalId} (try ${attempt} of ${tries}): ${error instanceof Error ? error.message : String(error)}`,
      );
      if (attempt < tries)
        at(
          `${schedule.logicalId} retry`,
          Date.now() + 1_000 * 2 ** attempt,
          () => void fire(schedule, due, attempt + 1),
        );
    }
  };

  for (const schedule of schedules) {
    const { logicalId } = schedule;
    const recurrence = recurrenceOf(schedule.expression, schedule.zone);
    const go = (due: Date): void =>
      at(logicalId, due.getTime(), () => {
        void fire(schedule, due);
        const next = recurrence.kind === "rate" ? new Date(Date.now() + recurrence.milliseconds) : recurrence.next(due);
        if (next) go(next);
      });
    if (recurrence.kind === "rate") {
      go(new Date(Date.now() + firstAfter));
      continue;
    }
    const last = context.last(logicalId);
    if (last === undefined) context.fired(logicalId, new Date());
    const missed = last && recurrence.next(last);
    const upcoming = missed && missed.getTime() <= Date.now() ? missed : recurrence.next(new Date());
    if (missed && upcoming === missed) {
      void fire(schedule, missed);
      const next = recurrence.next(new Date());
      if (next) go(next);
    } else if (upcoming) go(upcoming);
  }
  return {
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
