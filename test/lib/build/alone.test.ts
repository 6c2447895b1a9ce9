import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alone } from "../../../lib/build/alone.ts";

function place() {
  const folder = mkdtempSync(join(tmpdir(), "warifu-alone-"));
  return { path: join(folder, "deep/.lock"), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

describe("work alone", () => {
  it("starts when the one before has ended", async () => {
    using lock = place();
    const said: string[] = [];
    let finish = () => {};
    const first = alone(lock.path, async () => {
      said.push("first begins");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      said.push("first ends");
    });
    const second = alone(lock.path, () => Promise.resolve(said.push("second")));
    finish();
    await Promise.all([first, second]);
    expect(said).toEqual(["first begins", "first ends", "second"]);
  });

  it("is open to the next when it failed", async () => {
    using lock = place();
    await expect(alone(lock.path, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await alone(lock.path, () => Promise.resolve("done"))).toBe("done");
  });
});
