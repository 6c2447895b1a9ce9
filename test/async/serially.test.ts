import { describe, expect, it } from "vitest";
import { serially } from "../../lambdas/async/serially.ts";

describe("in turn", () => {
  it("one begins when the one before is over, however that ended", async () => {
    const turn = serially();
    const steps: string[] = [];
    const run = (name: string, end: () => Promise<void>) =>
      turn(async () => {
        steps.push(`${name} begins`);
        await end().finally(() => steps.push(`${name} ends`));
      });
    const first = run("first", () => Promise.reject(new Error("refused")));
    const second = run("second", () => Promise.resolve());
    await expect(first).rejects.toThrow("refused");
    await second;
    expect(steps).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  });
});
