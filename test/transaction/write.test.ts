import { describe, expect, it } from "vitest";
import { Refusal } from "../../lambdas/refusal.ts";
import { committed } from "../../lambdas/transaction/write.ts";

describe("committed", () => {
  it("is true when the commit was done", async () => {
    expect(await committed(Promise.resolve())).toBe(true);
  });

  it("is false when another call changed the same thing meanwhile", async () => {
    expect(await committed(Promise.reject(new Refusal("changedMeanwhile")))).toBe(false);
  });

  it("throws every other failure", async () => {
    await expect(committed(Promise.reject(new Refusal("licencesExceeded")))).rejects.toThrow("licencesExceeded");
    await expect(committed(Promise.reject(new Error("no network")))).rejects.toThrow("no network");
  });
});
