import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inOneTransaction } from "../../lambdas/revocation/due-group.ts";
import { revokeDue } from "../../lambdas/revocation/due.ts";
import { scheduleRevocation } from "../../lambdas/revocation/plan.ts";
import type { Around } from "../local/dynamodb/server.ts";
import { actor, world } from "../world.ts";

const now = "2026-11-22T03:00:00.000Z";
const midnight = new Date("2026-11-23T15:00:00.000Z");
/** Milliseconds that each call of the tables takes, as across a network. */
const latency = 25;
const [tenants, ofEach] = [4, 100];
const transactionsOfEach = Math.ceil(ofEach / inOneTransaction);

/** Counts the calls in flight by their operation, once it is begun, and makes each take its time. */
function meter() {
  const inFlight = new Map<string, number>();
  const most = new Map<string, number>();
  const calls = new Map<string, number>();
  let begun = false;
  const step = (operation: string, by: number): void => {
    const count = (inFlight.get(operation) ?? 0) + by;
    inFlight.set(operation, count);
    most.set(operation, Math.max(count, most.get(operation) ?? 0));
    if (by > 0) calls.set(operation, (calls.get(operation) ?? 0) + 1);
  };
  const around: Around = async (operation, call) => {
    if (!begun) return call();
    step(operation, 1);
    await pause(latency);
    try {
      return await call();
    } finally {
      step(operation, -1);
    }
  };
  return { around, most, calls, begin: () => (begun = true) };
}

describe("revokeDue over tables that take their time", () => {
  it("writes for all tenants side by side, many certificates a call, and asks for the CRL all the while", async () => {
    const measured = meter();
    await using by = await world(now, ":memory:", measured.around);
    const places = await Promise.all(Array.from({ length: tenants }, () => by.place()));
    await Promise.all(
      places.map(async (place) => {
        for (let n = 0; n < ofEach; n++) {
          const certificate = await by.certificate(place);
          await scheduleRevocation(by.context, { ...certificate, at: midnight, reason: "superseded", actor });
        }
      }),
    );
    by.clock.now = midnight;
    measured.begin();
    let [written, toldBeforeTheEnd] = [0, 0];
    const context = {
      ...by.context,
      commit: async (writes: Parameters<typeof by.context.commit>[0]) => {
        await by.context.commit(writes);
        written += 1;
        by.clock.now = new Date(by.clock.now.getTime() + 1_000);
        if (written < tenants * transactionsOfEach) toldBeforeTheEnd = by.sent.publications.length;
      },
    };
    const done = await revokeDue(context, midnight, new Date(midnight.getTime() + 240_000));
    expect(done).toEqual({ revoked: tenants * ofEach, skipped: 0, left: 0 });
    // Of one tenant one transaction at a time: two would collide in its counts.
    expect(measured.most.get("TransactWriteItems")).toBe(tenants);
    // Each tenant's, and its mail's: none was tried twice.
    expect(measured.calls.get("TransactWriteItems")).toBe(tenants * (transactionsOfEach + 1));
    expect(measured.calls.get("BatchGetItem")).toBeLessThan(2 * tenants * transactionsOfEach);
    expect(toldBeforeTheEnd).toBeGreaterThanOrEqual(3);
    expect(await Promise.all(places.map((place) => by.licencesUsed(place)))).toEqual(places.map(() => 0));
    const digests = await Promise.all(places.map((place) => by.notices(place)));
    expect(digests.map(([first, ...more]) => [first?.act?.count, more.length])).toEqual(places.map(() => [ofEach, 0]));
  }, 300_000);
});
