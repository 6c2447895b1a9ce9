import { describe, expect, it } from "vitest";
import { inOneTransaction } from "../../lambdas/revocation/due-group.ts";
import { revokeDue } from "../../lambdas/revocation/due.ts";
import { cancelRevocation, scheduleRevocation } from "../../lambdas/revocation/plan.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { askedBy } from "../../lambdas/transaction/audit.ts";
import { actor, type Place, type World, world } from "../world.ts";

const now = "2026-11-22T03:00:00.000Z";
const midnight = new Date("2026-11-23T15:00:00.000Z");
const hour = 3_600_000;

/** The run of a midnight, at that midnight or later. */
function run(by: World, at = midnight, { lateBy = 2_000, seconds = 240 } = {}) {
  by.clock.now = new Date(at.getTime() + lateBy);
  return revokeDue(by.context, at, new Date(by.clock.now.getTime() + seconds * 1000));
}

/** Certificates that are planned for the midnight. */
async function planned(by: World, here: Place, count: number, at = midnight) {
  const made = [];
  for (let n = 0; n < count; n++) {
    const certificate = await by.certificate(here);
    await scheduleRevocation(by.context, { ...certificate, at, reason: "superseded", actor });
    made.push(certificate);
  }
  return made;
}

const ids = (certificates: readonly { certificateId: string }[]) =>
  certificates.map((one) => one.certificateId).toSorted();

describe("revokeDue", () => {
  it("revokes at the midnight what is planned for it, not a millisecond before, and dates it when it was done", async () => {
    await using by = await world(now);
    const here = await by.place();
    const [certificate] = await planned(by, here, 1);
    if (certificate === undefined) throw new Error("none");
    expect(await run(by, new Date(midnight.getTime() - 1))).toEqual({ revoked: 0, skipped: 0, left: 0 });
    expect((await by.row(certificate)).state.status).toBe("issued");
    expect(await run(by)).toEqual({ revoked: 1, skipped: 0, left: 0 });
    const revokedAt = "2026-11-23T15:00:02.000Z";
    const row = await by.row(certificate);
    expect(row.state).toMatchObject({ status: "revoked", revokedAt, revocationReason: "superseded" });
    expect(row.revokeOn).toBeUndefined();
    expect(await by.context.ledger.read("subscribers")).toMatchObject([
      { serialNumber: certificate.serialNumber, revokedAt, reason: "superseded" },
    ]);
    expect(await by.licencesUsed(here)).toBe(0);
    expect(await by.audited(here, by.clock.now)).toMatchObject([
      {
        action: "certificate.revoke",
        actor: { kind: "system", name: "nightly" },
        facts: { due: midnight.toISOString() },
      },
    ]);
  });

  it("asks for the CRL once, however many were revoked, and tells each tenant once of all of them", async () => {
    await using by = await world(now);
    const [here, there] = [await by.place(), await by.place()];
    const mine = await planned(by, here, 5);
    const theirs = await planned(by, there, 2);
    expect(await run(by)).toMatchObject({ revoked: 7 });
    expect(by.sent.publications).toEqual(["subscribers"]);
    for (const [place, certificates] of [
      [here, mine],
      [there, theirs],
    ] as const) {
      const [notice, ...more] = await by.notices(place);
      expect(more).toEqual([]);
      expect(notice).toMatchObject({
        kinds: ["revocation-done"],
        to: "saburo@example.jp",
        act: { count: certificates.length },
      });
      expect(notice?.certificateIds.toSorted()).toEqual(ids(certificates));
    }
    // A second run of the same night finds nothing, asks for nothing and sends nothing.
    expect(await run(by)).toEqual({ revoked: 0, skipped: 0, left: 0 });
    expect(by.sent.publications).toHaveLength(1);
    expect(by.sent.notices).toHaveLength(2);
  });

  it("asks for the CRL in the middle of a long night, so that what is revoked does not wait for its end", async () => {
    await using by = await world(now);
    const groups = 5;
    await planned(by, await by.place(), groups * inOneTransaction);
    const asked: number[] = [];
    const commit: typeof by.context.commit = async (writes) => {
      await by.context.commit(writes);
      by.clock.now = new Date(by.clock.now.getTime() + 20_000);
    };
    const sendPublication = async () => void asked.push((by.clock.now.getTime() - midnight.getTime()) / 1000);
    by.clock.now = midnight;
    const until = new Date(midnight.getTime() + 4 * 60_000);
    const counts = await revokeDue({ ...by.context, commit, sendPublication }, midnight, until);
    expect(counts).toMatchObject({ revoked: groups * inOneTransaction, left: 0 });
    expect(asked).toEqual([20, 40, 60, 80, 100]);
  }, 120_000);

  it("makes up for nights that never ran", async () => {
    await using by = await world(now);
    const here = await by.place();
    await planned(by, here, 2);
    await planned(by, here, 1, new Date(midnight.getTime() + 48 * hour));
    await planned(by, here, 1, new Date(midnight.getTime() + 96 * hour));
    expect(await run(by, new Date(midnight.getTime() + 72 * hour))).toMatchObject({ revoked: 3 });
  });

  it("lists a hundred in the mail and counts the others", async () => {
    await using by = await world(now);
    const here = await by.place();
    await planned(by, here, 103);
    expect(await run(by)).toMatchObject({ revoked: 103 });
    const [notice] = await by.notices(here);
    expect(notice?.act?.count).toBe(103);
    expect(notice?.certificateIds).toHaveLength(100);
  }, 120_000);

  it("does nothing for what was changed, cancelled or revoked after the index was read", async () => {
    await using by = await world(now);
    const here = await by.place();
    const [changed, cancelled, revoked, due] = await planned(by, here, 4);
    if (!changed || !cancelled || !revoked || !due) throw new Error("none");
    const { context } = by;
    const listed = await context.plans.listDue(midnight.toISOString());
    const elsewhen = new Date(midnight.getTime() + 24 * hour);
    await scheduleRevocation(context, { ...changed, at: elsewhen, reason: "superseded", actor });
    await cancelRevocation(context, { ...cancelled, actor });
    await revoke(context, { ...revoked, reason: "keyCompromise", actor });
    by.clock.now = midnight;
    const stale = { ...context, plans: { ...context.plans, listDue: async () => listed } };
    expect(await revokeDue(stale, midnight, new Date(midnight.getTime() + hour))).toEqual({
      revoked: 1,
      skipped: 3,
      left: 0,
    });
    expect((await by.row(changed)).state.status).toBe("issued");
    expect((await by.row(cancelled)).state.status).toBe("issued");
    expect((await by.row(revoked)).state).toMatchObject({ revocationReason: "keyCompromise" });
    expect(await context.ledger.read("subscribers")).toHaveLength(2);
  });

  it("does nothing for a plan that is cancelled between its reading and its writing", async () => {
    await using by = await world(now);
    const here = await by.place();
    const [certificate] = await planned(by, here, 1);
    if (certificate === undefined) throw new Error("none");
    const { context } = by;
    let raced = false;
    const racing = {
      ...context,
      commit: async (writes: Parameters<typeof context.commit>[0]) => {
        if (!raced) {
          raced = true;
          await cancelRevocation(context, { ...certificate, actor });
        }
        await context.commit(writes);
      },
    };
    by.clock.now = midnight;
    expect(await revokeDue(racing, midnight, new Date(midnight.getTime() + hour))).toEqual({
      revoked: 0,
      skipped: 1,
      left: 0,
    });
    expect((await by.row(certificate)).state.status).toBe("issued");
    expect(await context.ledger.read("subscribers")).toEqual([]);
    expect(await context.digests.findDigest({ ...here, digestId: "nightly" })).toBeUndefined();
  });

  it("leaves to the next run what it has no time for, and says how many", async () => {
    await using by = await world(now);
    const here = await by.place();
    await planned(by, here, 3);
    expect(await run(by, midnight, { seconds: 0 })).toEqual({ revoked: 0, skipped: 0, left: 3 });
    expect(await run(by)).toMatchObject({ revoked: 3, left: 0 });
  });

  it("is not held up by one that cannot be done, and says so in the log", async () => {
    await using by = await world(now);
    const here = await by.place();
    const [poisoned, ...others] = await planned(by, here, 3);
    if (poisoned === undefined) throw new Error("none");
    // Its slot is no longer its own: the transaction can never succeed.
    if (poisoned.holder.kind !== "subscriber") throw new Error("not a subscriber");
    const { primaryEmail } = poisoned.holder;
    await by.context.commit([by.context.subscribers.releaseSlot({ ...poisoned, ...here, primaryEmail })]);
    expect(await run(by)).toEqual({ revoked: 2, skipped: 0, left: 1 });
    expect(by.sent.log).toMatchObject([
      { message: "planned revocation not done", certificateId: poisoned.certificateId },
    ]);
    for (const one of others) expect((await by.row(one)).state.status).toBe("revoked");
    expect((await by.context.plans.listDue(midnight.toISOString())).length).toBe(1);
  });

  it("tells in the end what a run did that died before it could tell", async () => {
    await using by = await world(now);
    const here = await by.place();
    const made = await planned(by, here, 2);
    by.clock.now = midnight;
    const dying = { ...by.context, sendPublication: () => Promise.reject(new Error("killed")) };
    await expect(revokeDue(dying, midnight, new Date(midnight.getTime() + hour))).rejects.toThrow("killed");
    expect(by.sent.notices).toEqual([]);
    // Not immediately: the other run may still be at work.
    await run(by, midnight, { lateBy: 5 * 60_000 });
    expect(by.sent.notices).toEqual([]);
    await run(by, midnight, { lateBy: hour });
    const [notice] = await by.notices(here);
    expect(notice?.certificateIds.toSorted()).toEqual(ids(made));
    await run(by, midnight, { lateBy: 2 * hour });
    expect(by.sent.notices).toHaveLength(1);
  });

  it("shares the work with another run of the same night: each is revoked and told of once", async () => {
    await using by = await world(now);
    const here = await by.place();
    const made = await planned(by, here, 12);
    by.clock.now = midnight;
    const until = new Date(midnight.getTime() + hour);
    const runs = await Promise.all([1, 2, 3].map(() => revokeDue(by.context, midnight, until)));
    expect(runs.reduce((sum, one) => sum + one.revoked, 0)).toBe(12);
    expect(await by.context.ledger.read("subscribers")).toHaveLength(12);
    expect(await by.licencesUsed(here)).toBe(0);
    by.clock.now = until;
    await run(by, midnight, { lateBy: 2 * hour });
    const told = (await by.notices(here)).flatMap((notice) => notice.certificateIds);
    expect(told.toSorted()).toEqual(ids(made));
  });

  it("names in the audit the operator who asked for the run", async () => {
    await using by = await world(now);
    const here = await by.place();
    await planned(by, here, 1);
    by.clock.now = midnight;
    const operator = { name: "arn:aws:iam::111122223333:user/hanako", requestId: "r-1" };
    const context = { ...by.context, audit: askedBy(by.context.audit, operator) };
    await revokeDue(context, midnight, new Date(midnight.getTime() + hour));
    expect(await by.audited(here, midnight)).toMatchObject([
      {
        actor: { kind: "system", name: "nightly" },
        facts: { due: midnight.toISOString(), askedBy: operator.name, requestId: "r-1" },
      },
    ]);
  });
});
