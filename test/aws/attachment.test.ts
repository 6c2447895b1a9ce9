import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachment } from "../../lambdas/aws/attachment.ts";
import { fileName } from "../../lambdas/contract/file-name.ts";

describe("attachment", () => {
  it.each([
    ["Yamada-Taro_iPhone.p12", 'attachment; filename="Yamada-Taro_iPhone.p12"'],
    [
      "新規_2026-11-28.zip",
      `attachment; filename="___2026-11-28.zip"; filename*=UTF-8''%E6%96%B0%E8%A6%8F_2026-11-28.zip`,
    ],
  ])("saves a file as %s", (name, header) => {
    expect(attachment(name)).toBe(header);
  });

  it("is a header of ASCII that gives every name of ours back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (stem) => {
        const name = fileName(stem, ".zip");
        const header = attachment(name);
        expect(header).toMatch(/^attachment; filename="[!#-[\]-~]+"(; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+)?$/);
        const [, extended] = /filename\*=UTF-8''(.+)$/.exec(header) ?? [];
        const [, plain] = /filename="([^"]+)"/.exec(header) ?? [];
        expect(extended === undefined ? plain : decodeURIComponent(extended)).toBe(name);
      }),
    );
  });
});
