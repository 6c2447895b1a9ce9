import { setTimeout as pause } from "node:timers/promises";
import { inOneTransaction } from "../../lambdas/revocation/due-group.ts";
import { revokeDue } from "../../lambdas/revocation/due.ts";
import { scheduleRevocation } from "../../lambdas/revocation/plan.ts";
import { sideBySide } from "../../lambdas/async/side-by-side.ts";
import type { Around } from "../local/dynamodb/server.ts";
import { actor, type Place, world } from "../world.ts";
import type { Figure } from "./figure.ts";

const night = 100_000;
const measured = 50 * inOneTransaction;
const latency = 25;
const midnight = new Date("2026-11-23T15:00:00.000Z");

/**
 * A midnight of 100,000 planned revocations, all of one tenant (the worst case) and of twenty, extrapolated from 950,
 * from the first transaction to the last, each call of the tables taking 25 ms. The tables are in this process: their work is in these figures, and none of
 * what DynamoDB does to a partition that is written to too fast.
 */
export async function midnightAtScale(): Promise<readonly Figure[]> {
  return [
    ...(await run(1)).map((figure) => ({ ...figure, name: `${figure.name} of one tenant` })),
    ...(await run(20)).map((figure) => ({ ...figure, name: `${figure.name} of twenty tenants` })),
  ];
}

async function run(tenants: number): Promise<readonly Figure[]> {
  let [begun, calls] = [false, 0];
  const around: Around = async (_, call) => {
    if (begun) {
      calls += 1;
      await pause(latency);
    }
    return call();
  };
  await using by = await world("2026-11-22T03:00:00.000Z", ":memory:", around);
  const places: Place[] = [];
  for (let n = 0; n < tenants; n++) places.push(await by.place());
  const each = Array.from({ length: measured }, (_, at) => places[at % tenants]).filter((one) => one !== undefined);
  await sideBySide(8, each, async (place) => {
    const certificate = await by.certificate(place);
    await scheduleRevocation(by.context, { ...certificate, at: midnight, reason: "superseded", actor });
  });
  by.clock.now = midnight;
  begun = true;
  const cpu = process.cpuUsage();
  const ends: number[] = [];
  const commit = async (writes: Parameters<typeof by.context.commit>[0]) => {
    await by.context.commit(writes);
    ends.push(performance.now());
  };
  await revokeDue({ ...by.context, commit }, midnight, new Date(midnight.getTime() + 240_000));
  const { user, system } = process.cpuUsage(cpu);
  const share = night / measured;
  // The last transactions are the mails', one for each tenant.
  const revoking = ends.slice(0, ends.length - tenants);
  const seconds = ((revoking.at(-1) ?? 0) - (revoking[tenants - 1] ?? 0)) / 1000;
  const measuredShare = (revoking.length - tenants) / revoking.length;
  return [
    { name: "midnight of 100,000", value: (seconds / measuredShare) * share, unit: "s", limit: 240 },
    { name: "CPU (function and tables) of a midnight of 100,000", value: ((user + system) / 1e6) * share, unit: "s" },
    { name: "calls of the tables at a midnight of 100,000", value: calls * share, unit: "calls" },
  ];
}
