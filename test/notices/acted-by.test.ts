import { describe, expect, it } from "vitest";
import { actedBy } from "../../lambdas/notices/acted-by.ts";

describe("actedBy", () => {
  it("names an administrator by name, and an operator as the service provider's", () => {
    const administrator = { kind: "administrator", id: "a", name: "令和 三郎", address: "192.0.2.1" } as const;
    const operator = { kind: "operator", name: "ubuntu" } as const;
    expect([actedBy(administrator, "ja"), actedBy(administrator, "en")]).toEqual(["令和 三郎", "令和 三郎"]);
    expect(actedBy(operator, "ja")).toBe("サービス提供会社（担当: ubuntu）");
    expect(actedBy(operator, "en")).toBe("the service provider (ubuntu)");
  });
});
