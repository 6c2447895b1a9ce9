import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inStep } from "../../lambdas/async/in-step.ts";

/** Answers when it is told to, and notes in which order things happened. */
function answering() {
  const steps: string[] = [];
  const asked = new Map<string, PromiseWithResolvers<string>>();
  const ask = inStep(async (name: string, more: string) => {
    steps.push(`${name} is asked`);
    const answer = Promise.withResolvers<string>();
    asked.set(name, answer);
    return (await answer.promise) + more;
  });
  const goOn = (name: string) =>
    ask(name, "!").then(
      (answer) => void steps.push(`${name} has ${answer}`),
      (error: unknown) => void steps.push(`${name} failed: ${String(error)}`),
    );
  return { steps, asked, goOn };
}

describe("in step", () => {
  it("all that called in one turn go on when the last has its answer, each with its own", async () => {
    const { steps, asked, goOn } = answering();
    const all = Promise.all(["a", "b", "c"].map(goOn));
    await turn();
    expect(steps.splice(0)).toEqual(["a is asked", "b is asked", "c is asked"]);
    asked.get("c")?.resolve("3");
    asked.get("a")?.resolve("1");
    await turn();
    expect(steps).toEqual([]);
    asked.get("b")?.reject(new Error("refused"));
    await all;
    expect(steps).toEqual(["a has 1!", "b failed: Error: refused", "c has 3!"]);
  });

  it("those of a later turn wait for none of the earlier", async () => {
    const { steps, asked, goOn } = answering();
    const first = goOn("a");
    await turn();
    const second = goOn("b");
    await turn();
    asked.get("b")?.resolve("2");
    await second;
    expect(steps).toEqual(["a is asked", "b is asked", "b has 2!"]);
    asked.get("a")?.resolve("1");
    await first;
  });
});
