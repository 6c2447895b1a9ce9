import { describe, expect, it } from "vitest";
import { begin, each } from "../../lambdas/async/each.ts";

const soon = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("each", () => {
  it("takes a batch step by step: no item begins a step before all have ended the one before", async () => {
    const order: string[] = [];
    const step = (name: string) => async (item: number) => {
      for (let turn = 0; turn < item; turn++) await soon();
      order.push(`${name}${item}`);
      return { next: item };
    };
    await each(await each(begin([3, 1, 2]), step("a")), step("b"));
    expect(order).toEqual(["a1", "a2", "a3", "b1", "b2", "b3"]);
  });

  it("passes on what has ended or failed, in the order of the first step", async () => {
    const first = await each(begin(["good", "ended", "bad"]), async (item) => {
      if (item === "bad") throw new Error(item);
      return item === "ended" ? { ended: item } : { next: item };
    });
    const worked: string[] = [];
    const second = await each(first, async (item) => {
      worked.push(item);
      return { next: item.length };
    });
    expect(worked).toEqual(["good"]);
    expect(second).toEqual([
      { status: "fulfilled", value: { next: 4 } },
      { status: "fulfilled", value: { ended: "ended" } },
      { status: "rejected", reason: new Error("bad") },
    ]);
  });
});
