import * as fc from "fast-check";
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newTenantId } from "../../lambdas/registry/identifier.ts";
import { policySetting, tenantArcs, tenantPolicy } from "../../lambdas/registry/policy.ts";

const id = fc
  .array(fc.constantFrom(...Array.from("0123456789abcdefghijklmnopqrstuvwxyz")), { minLength: 10, maxLength: 10 })
  .map((characters) => `t${characters.join("")}`);

/** The id that two arcs stand for. */
const idOf = (arcs: string) =>
  `t${arcs
    .split(".")
    .map((arc) => Number(arc).toString(36).padStart(5, "0"))
    .join("")}`;

describe("tenantArcs", () => {
  it("stands for one tenant alone: its id can be read from it", () => {
    fc.assert(
      fc.property(id, (tenantId) => {
        const arcs = tenantArcs(tenantId);
        expect(arcs).toMatch(/^(0|[1-9]\d*)\.(0|[1-9]\d*)$/);
        for (const arc of arcs.split(".")) expect(Number(arc)).toBeLessThan(2 ** 26);
        expect(idOf(arcs)).toBe(tenantId);
      }),
    );
  });

  it("takes the ids that tenants are given", () => {
    const tenantId = newTenantId(randomBytes);
    expect(idOf(tenantArcs(tenantId))).toBe(tenantId);
    expect([tenantArcs("t0000000000"), tenantArcs("tzzzzzzzzzz")]).toEqual(["0.0", "60466175.60466175"]);
  });

  it.each(["", "t000000000", "t00000000000", "T0000000000", "t0000000000-s000000000000", "t00000 0000"])(
    "is none of %j",
    (other) => expect(() => tenantArcs(other)).toThrow(TypeError),
  );
});

describe("tenantPolicy", () => {
  it("is below the provider's, where that is set", () => {
    expect(tenantPolicy(policySetting("1.2.392.200000.1"), "t0000100010")).toBe("1.2.392.200000.1.1.36");
    expect(tenantPolicy(policySetting("none"), "t0000100010")).toBeUndefined();
  });
});
