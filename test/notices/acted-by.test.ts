import { describe, expect, it } from "vitest";
import { actedBy } from "../../lambdas/notices/acted-by.ts";

describe("actedBy", () => {
  it("names an administrator by name, and an operator as the service provider's", () => {
    const administrator = { kind: "administrator", id: "a", name: "令和 三郎", address: "192.0.2.1" } as const;
    const operator = (arn: string) => ({ kind: "operator", name: `arn:aws:${arn}`, requestId: "r" }) as const;
    expect([actedBy(administrator, "ja"), actedBy(administrator, "en")]).toEqual(["令和 三郎", "令和 三郎"]);
    const session = operator("sts::000000000000:assumed-role/Operators/hanako@example.jp");
    expect(actedBy(session, "ja")).toBe("サービス提供会社（担当: hanako@example.jp）");
    expect(actedBy(operator("iam::000000000000:user/staff/hanako"), "en")).toBe("the service provider (hanako)");
    expect(actedBy(operator("iam::000000000000:root"), "en")).toBe("the service provider (root)");
  });
});
