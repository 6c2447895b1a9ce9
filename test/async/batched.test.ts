import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { batched } from "../../lambdas/async/batched.ts";

/** Doubles its numbers and notes what it was given; throws while `broken`. */
function doubling(most: number) {
  const asked: (readonly number[])[] = [];
  const state = { broken: false };
  const double = batched<number, number>(most, async (numbers) => {
    asked.push(numbers);
    await turn();
    if (state.broken) throw new Error(`no ${numbers.join()}`);
    return numbers.map((number) => number * 2);
  });
  return { asked, state, double };
}

describe("gathered", () => {
  it("makes one call of a turn's, in order, and gives each its own answer", async () => {
    const { asked, double } = doubling(10);
    const later = Promise.resolve()
      .then(() => undefined)
      .then(() => double(2));
    expect(await Promise.all([double(3), double(1), double(3), later])).toEqual([6, 2, 6, 4]);
    expect(asked).toEqual([[3, 1, 3, 2]]);
  });

  it("makes another call of what comes a turn later, though the first has no answer yet", async () => {
    const { asked, double } = doubling(10);
    const first = double(1);
    await turn();
    expect(asked).toEqual([[1]]);
    expect(await Promise.all([first, double(2), double(3)])).toEqual([2, 4, 6]);
    expect(asked).toEqual([[1], [2, 3]]);
  });

  it("asks for no more than `most` at once", async () => {
    const { asked, double } = doubling(3);
    const numbers = [7, 6, 5, 4, 3, 2, 1];
    expect(await Promise.all(numbers.map(double))).toEqual([14, 12, 10, 8, 6, 4, 2]);
    expect(asked).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect(await Promise.all(numbers.slice(0, 3).map(double))).toEqual([14, 12, 10]);
    expect(asked.slice(3)).toEqual([[7, 6, 5]]);
  });

  it("fails for all of a call, and works again in the next turn", async () => {
    const { state, double } = doubling(2);
    state.broken = true;
    const failed = await Promise.allSettled([1, 2, 3].map(double));
    expect(failed.map((one) => one.status === "rejected" && String(one.reason))).toEqual([
      "Error: no 1,2",
      "Error: no 1,2",
      "Error: no 3",
    ]);
    state.broken = false;
    expect(await double(1)).toBe(2);
  });

  it("fails too when the work throws before it gives a promise", async () => {
    const fails = batched<number, number>(2, () => {
      throw new Error("at once");
    });
    await expect(fails(1)).rejects.toThrow("at once");
  });
});
