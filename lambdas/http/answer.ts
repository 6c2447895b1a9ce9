import type { APIGatewayProxyResult } from "aws-lambda";
import { errorPage, type ErrorWords, missingWords } from "../contract/error-page.ts";
import type { Problem } from "../contract/problem.ts";
import type { Facts, Language } from "../contract/language.ts";
import { messageText } from "../contract/messages.ts";
import type { Refusal, RefusalKind } from "../refusal.ts";
import { refusals } from "../contract/refusals.ts";
import { prefersPage } from "./accept.ts";

const always = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
};

export const json = (status: number, body: unknown): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { ...always, "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** RFC 9457: what a refusal looks like on the wire, worded in the reader's language. */
function problemOf(refusal: Refusal, language: Language): Problem {
  const { status } = refusals[refusal.kind];
  const errors = refusal.errors.map(({ field, code, facts }) => ({
    field,
    code,
    message: messageText(code, language, facts),
  }));
  return {
    type: `urn:warifu:problem:${refusal.kind}`,
    title: messageText(refusal.kind, language, refusal.facts),
    status,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

function problemAnswer(problem: Problem): APIGatewayProxyResult {
  const answer = json(problem.status, problem);
  return { ...answer, headers: { ...answer.headers, "Content-Type": "application/problem+json" } };
}

const said = (kind: RefusalKind, facts: Facts): ErrorWords => ({
  ja: { title: "ページを表示できません", what: messageText(kind, "ja", facts), home: missingWords.ja.home ?? "" },
  en: { title: "This page cannot be shown", what: messageText(kind, "en", facts), home: missingWords.en.home ?? "" },
});

/** Who opens an address in a browser that is no page, typed or by a link, reads one. */
const pageAnswer = ({ kind, facts }: Refusal): APIGatewayProxyResult => ({
  statusCode: refusals[kind].status,
  headers: { ...always, "Content-Type": "text/html; charset=utf-8" },
  body: errorPage(kind === "notFound" ? missingWords : said(kind, facts)),
});

/** The refusal as an answer, a page or a problem; `tooManyTries` also says when to come back. */
export function refused(refusal: Refusal, language: Language, accept?: string): APIGatewayProxyResult {
  const answer = prefersPage(accept) ? pageAnswer(refusal) : problemAnswer(problemOf(refusal, language));
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(refusal.kind === "tooManyTries" ? { "Retry-After": String(refusal.facts["seconds"]) } : {}),
    },
  };
}

const fault: Record<Language, { readonly title: string; readonly detail: (requestId: string) => string }> = {
  ja: {
    title: "システムエラーが発生しました。時間をおいてやり直してください。",
    detail: (requestId) => `お問い合わせの際は、次の番号をお知らせください。${requestId}`,
  },
  en: {
    title: "Something went wrong on our side. Try again later.",
    detail: (requestId) => `If you ask about it, quote this number: ${requestId}`,
  },
};

/** Anything that is not a refusal: the caller learns the request's number, the log learns the fault. */
export function broken(requestId: string, language: Language): APIGatewayProxyResult {
  const { title, detail } = fault[language];
  // Pages show the detail in place of the title, so it says all of it.
  return problemAnswer({
    type: "urn:warifu:problem:fault",
    title,
    status: 500,
    detail: `${title} ${detail(requestId)}`,
  });
}
