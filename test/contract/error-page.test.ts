import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { errorPage, errorPageStyle, errorPageStyleHash } from "../../lambdas/contract/error-page.ts";
import { certificateAnswers } from "../../lib/gateway-pages.ts";

describe("an error page", () => {
  const said = { title: "見つかりません", what: "何も", steps: ["<閉じる>", "開く"], home: "最初の画面" };
  const page = errorPage({ ja: said, en: { title: "Not found", what: "nothing" } });

  it("lets in its own style and nothing else", () => {
    const hash = createHash("sha256").update(errorPageStyle).digest("base64");
    expect(errorPageStyleHash).toBe(hash);
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(page).toContain(`<style>${errorPageStyle}</style>`);
    expect(page).not.toMatch(/<script|\bon\w+=|\bstyle=|https?:/);
  });

  it("says all of it in both languages, as text", () => {
    for (const part of ["<h1>見つかりません</h1>", "&#60;閉じる&#62;", 'lang="en"', "<h2>Not found</h2>", 'href="/"']) {
      expect(page).toContain(part);
    }
  });
});

describe("the pages that API Gateway answers with", () => {
  it("hold nothing that its templates would replace", () => {
    for (const { words } of certificateAnswers) expect(errorPage(words)).not.toContain("$");
  });
});
