import { describe, expect, it } from "vitest";
import { broken, refused } from "../../lambdas/http/answer.ts";
import { problem } from "../../lambdas/contract/problem.ts";
import { messageText } from "../../lambdas/contract/messages.ts";
import { Refusal } from "../../lambdas/refusal.ts";

const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;

describe.each(["ja", "en"] as const)("an answer in %s", (language) => {
  it("to a fault of ours is a problem in that language alone, which says what to quote", () => {
    const answer = broken("7f3c-request", language);
    expect(answer).toMatchObject({ statusCode: 500, headers: { "Content-Type": "application/problem+json" } });
    const { title, detail = "", status } = problem.parse(JSON.parse(answer.body));
    expect(status).toBe(500);
    expect(detail).toMatch(/7f3c-request$/);
    for (const text of [title, detail]) {
      expect(japanese.test(text)).toBe(language === "ja");
      if (language === "ja") expect(text.replace("7f3c-request", "")).not.toMatch(/[a-z]{4}/);
    }
  });

  it("to a refusal of several fields says at each what is wrong with it", () => {
    const errors = (["01", "20"] as const).map((device, at) => ({
      field: `devices.${at}`,
      code: "slotTaken" as const,
      facts: { email: "taro@mytest.jp", device },
    }));
    const { body } = refused(new Refusal("slotTaken", errors[0]?.facts, errors), language);
    expect(problem.parse(JSON.parse(body)).errors).toEqual(
      errors.map(({ field, code, facts }) => ({ field, code, message: messageText("slotTaken", language, facts) })),
    );
  });

  it("to a refusal is a problem too, and says when to come back", () => {
    const answer = refused(new Refusal("tooManyTries", { seconds: 8 }), language);
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { "Content-Type": "application/problem+json", "Retry-After": "8", "Cache-Control": "no-store" },
    });
  });
});

describe("an answer to a browser's own request", () => {
  const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  it("is a page in both languages, with the refusal's status", () => {
    const answer = refused(new Refusal("tooManyTries", { seconds: 8 }), "en", browser);
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { "Content-Type": "text/html; charset=utf-8", "Retry-After": "8", "Cache-Control": "no-store" },
    });
    for (const language of ["ja", "en"] as const) {
      expect(answer.body).toContain(messageText("tooManyTries", language, { seconds: 8 }));
    }
  });

  it("shows what a refusal names as text", () => {
    const { body } = refused(new Refusal("mailDomainNotAllowed", { domain: "<b>&", allowed: "x" }), "ja", browser);
    expect(body).toContain("&#60;b&#62;&#38;");
    expect(body).not.toContain("<b>");
  });
});
