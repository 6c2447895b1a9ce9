import type { IncomingMessage } from "node:http";
import { isOwnHost, listen, send, type HttpServer, type Reply } from "../http.ts";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { listPage, messagePage, refreshing } from "./mailbox-page.ts";
import type { Mails } from "./mails.ts";

/** No scripts; a mail may use its own styles and embedded pictures, nothing remote. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/** The list shows no content of a mail, and has one script of its own. */
const listPolicy = `${policy}; connect-src 'self'; script-src 'sha256-${createHash("sha256").update(refreshing).digest("base64")}'`;
/** Mails on a page of the list. */
const pageSize = 50;

const pageReply = (status: number, body: string, policyOfPage = policy): Reply => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policyOfPage,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  },
  body,
});

const textReply = (status: number, body: string): Reply => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body,
});

async function* jsonArray(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = "[";
  for await (const value of values) {
    yield separator + JSON.stringify(value);
    separator = ",";
  }
  yield separator === "[" ? "[]" : "]";
}

const answer = async (request: IncomingMessage, mails: Mails): Promise<Reply> => {
  if (!isOwnHost(request)) return textReply(403, "The Host is not this mailbox.\n");
  if (request.method !== "GET") return textReply(405, "The mailbox is only read: GET.\n");
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const to = searchParams.get("to")?.trim() || undefined;
  if (pathname === "/messages") {
    const headers = { "content-type": "application/json", "cache-control": "no-store" };
    return { status: 200, headers, body: Readable.from(jsonArray(mails.list(to))) };
  }
  if (pathname === "/") {
    const before = /^\d{1,15}$/.exec(searchParams.get("before") ?? "")?.[0];
    const found = await mails.page(pageSize, to, before === undefined ? undefined : Number(before));
    return pageReply(200, listPage(found, to), listPolicy);
  }
  const id = /^\/message\/(\d{1,15})$/.exec(pathname)?.[1];
  const mail = id === undefined ? undefined : await mails.open(Number(id));
  return mail === undefined ? textReply(404, "There is no such message.\n") : pageReply(200, messagePage(mail));
};

/** Serves the mailbox on loopback: pages for people at `/`, JSON for programs at `/messages?to=address`. Only GET. */
export const serveMailbox = async (mails: Mails, port: number): Promise<HttpServer> =>
  listen(port, async (request, response) => send(response, await answer(request, mails)));
