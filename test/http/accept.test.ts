import { describe, expect, it } from "vitest";
import { prefersPage } from "../../lambdas/http/accept.ts";

describe("prefersPage", () => {
  it.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true],
    ["text/html", true],
    ["TEXT/HTML; charset=utf-8", true],
    [undefined, false],
    ["*/*", false],
    ["application/json", false],
    ["application/json, text/html;q=0.5", false],
    ["application/problem+json;q=0.9, text/html;q=0.8", false],
    ["text/html;q=0, */*", false],
  ])("reads %j as %s", (accept, page) => {
    expect(prefersPage(accept)).toBe(page);
  });
});
