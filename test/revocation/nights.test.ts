import { describe, expect, it } from "vitest";
import type { Certificate } from "../../lambdas/certificates/certificate.ts";
import { Refusal } from "../../lambdas/refusal.ts";
import { type DueContext, revokeDue } from "../../lambdas/revocation/due.ts";
import { cancelRevocation, scheduleRevocation } from "../../lambdas/revocation/plan.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { actor, type Place, type World, world } from "../world.ts";

const day = 86_400_000;
const hour = 3_600_000;
const first = Date.parse("2026-11-22T15:00:00.000Z");
const nights = 60;

/** Numbers from a seed (mulberry32): the same seed, the same sixty nights. */
function numbers(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { chance: (share: number) => next() < share, below, one: <T>(of: readonly T[]) => of[below(of.length)] };
}

/** The expected result, written as simply as possible. */
type Expected = {
  readonly certificate: Certificate;
  readonly place: Place;
  planned?: number;
  revoked?: "by hand" | "as planned";
};

/** Does one thing to one certificate; the model follows only what was accepted. */
async function act(by: World, one: Expected, random: ReturnType<typeof numbers>, today: number): Promise<void> {
  const { context } = by;
  const { certificate } = one;
  const what = random.below(10);
  const at = first + (today + 1 + random.below(random.chance(0.3) ? 30 : 3)) * day;
  try {
    if (what < 6) {
      await scheduleRevocation(context, {
        ...certificate,
        at: new Date(at),
        reason: "superseded",
        actor,
      });
      one.planned = at;
    } else if (what < 8) {
      await cancelRevocation(context, { ...certificate, actor });
      delete one.planned;
    } else if (what < 9) {
      await revoke(context, { ...certificate, reason: "keyCompromise", actor });
      delete one.planned;
      one.revoked = "by hand";
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** A run that is killed after some commits, the last of which may have been done although its answer did not arrive. */
function dying(context: DueContext, after: number, lost: boolean): DueContext {
  let left = after;
  const killed = () => Promise.reject(new Error("killed"));
  return {
    ...context,
    commit: async (writes) => {
      left -= 1;
      if (left > 0) return context.commit(writes);
      if (left === 0 && lost) await context.commit(writes);
      return killed();
    },
    sendPublication: killed,
  };
}

describe("sixty nights", () => {
  it.each([1, 2])(
    "with missed, late, double, shuffled and killed runs end as the plain model does (seed %i)",
    async (seed) => {
      const random = numbers(seed);
      await using by = await world(new Date(first - 20 * hour).toISOString());
      const places = [await by.place(), await by.place(), await by.place()];
      const expected: Expected[] = [];
      /** The latest instant for which a run came to its end: nothing older may be left. */
      let done = 0;
      /** Scheduled instants whose message is still on its way. */
      const late: number[] = [];

      const run = async (at: number): Promise<void> => {
        const until = new Date(by.clock.now.getTime() + 4 * 60_000);
        const context = random.chance(0.15) ? dying(by.context, 1 + random.below(4), random.chance(0.5)) : by.context;
        try {
          const { left } = await revokeDue(context, new Date(at), until);
          if (left === 0) done = Math.max(done, at);
        } catch (error) {
          if (!(error instanceof Error && error.message === "killed")) throw error;
        }
      };
      /** What the runs have carried out: all that was due for one that came to its end, perhaps some for a killed one. */
      const follow = async (at: number, meddled: Expected | undefined): Promise<void> => {
        for (const one of expected) {
          if (one.planned === undefined || one.planned > at) continue;
          const { state } = await by.row(one.certificate);
          if (state.status !== "revoked") {
            // Planned again by another call during the run, it is the next run's.
            if (one !== meddled) expect(one.planned).toBeGreaterThan(done);
            continue;
          }
          expect(Date.parse(state.revokedAt)).toBeGreaterThanOrEqual(one.planned);
          delete one.planned;
          one.revoked = "as planned";
        }
      };

      for (let night = 0; night < nights; night++) {
        const midnight = first + night * day;
        by.clock.now = new Date(midnight - 8 * hour);
        for (let n = random.below(4); n > 0; n--) {
          const place = random.one(places);
          if (place) expected.push({ place, certificate: await by.certificate(place) });
        }
        for (let n = 2 + random.below(6); n > 0; n--) {
          const one = random.one(expected.filter(({ revoked }) => !revoked));
          if (one) await act(by, one, random, night);
        }
        by.clock.now = new Date(midnight + random.below(hour));
        const asked = random.chance(0.25) ? [] : [midnight];
        if (random.chance(0.3)) asked.push(midnight, midnight);
        // Older messages that come only now, before, after or together with tonight's.
        if (random.chance(0.5)) asked.push(...late.splice(0));
        if (random.chance(0.3)) late.push(midnight);
        asked.sort(() => random.below(3) - 1);
        // While the runs are at work somebody changes something.
        const meddled = random.chance(0.4) ? random.one(expected.filter(({ revoked }) => !revoked)) : undefined;
        await Promise.all([
          ...(random.chance(0.5)
            ? asked.map(run)
            : [asked.reduce((before, at) => before.then(() => run(at)), Promise.resolve())]),
          ...(meddled ? [act(by, meddled, random, night)] : []),
        ]);
        await follow(Math.max(...asked, 0), meddled);

        for (const one of expected) {
          const row = await by.row(one.certificate);
          expect([row.state.status, row.revokeOn && Date.parse(row.revokeOn.at)]).toEqual([
            one.revoked ? "revoked" : "issued",
            one.planned,
          ]);
        }
      }

      // An undisturbed run after the last night, and one an hour later for what was left to tell.
      const end = first + nights * day;
      by.clock.now = new Date(end);
      const last = () => revokeDue(by.context, new Date(end), new Date(by.clock.now.getTime() + hour));
      expect((await last()).left).toBe(0);
      by.clock.now = new Date(end + hour);
      await last();
      for (const one of expected) if (one.planned !== undefined && one.planned <= end) one.revoked = "as planned";

      const revoked = expected.filter((one) => one.revoked);
      const ledger = await by.context.ledger.read("subscribers");
      expect(ledger.map((entry) => entry.serialNumber).toSorted()).toEqual(
        revoked.map((one) => one.certificate.serialNumber).toSorted(),
      );
      expect(revoked.filter((one) => one.revoked === "as planned").length).toBeGreaterThan(20);
      for (const place of places) {
        const own = expected.filter((one) => one.place === place);
        expect(await by.licencesUsed(place)).toBe(own.filter((one) => !one.revoked).length);
        const digests = (await by.notices(place)).filter(({ kinds }) => kinds[0] === "revocation-done");
        const told = digests.flatMap(({ certificateIds }) => certificateIds);
        expect(told.toSorted()).toEqual(
          own.flatMap((one) => (one.revoked === "as planned" ? [one.certificate.certificateId] : [])).toSorted(),
        );
        expect(digests.reduce((sum, { act }) => sum + (act?.count ?? 0), 0)).toBe(told.length);
      }
    },
    300_000,
  );
});
