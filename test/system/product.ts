/** A running product as its outside callers see it: operator command, mails, download site, files. */
import { readFileSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import { signCall } from "../../lib/operator/sign-call.ts";
import { certificateList } from "../../lib/operator/pages.ts";
import { type DownloadRoutes, downloadRoutes } from "../../lambdas/contract/download.ts";
import type { OperatorAnswer } from "../../lambdas/operator/run.ts";
import { caller } from "../../web/shared/call.ts";
import { requester } from "./request.ts";

export type Mail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: string;
};

/** Waits until `look` finds something; says what was waited for when it does not come. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 30,
  /** Between two looks, ms. */
  pause = 50,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

export const subjects = {
  administratorDownload: "管理者用電子証明書をダウンロードしてください",
  administratorCredential: "ログインID とパスワードのご案内（電子証明書ダウンロードページ）",
  subscriberDownload: "電子証明書の「秘密の鍵」を登録してください",
  subscriberCredential: "ログインIDとパスワードのご案内（電子証明書の「秘密の鍵」登録ページ）",
  revocation: "電子証明書失効通知",
} as const;

/** Everything that a test does from outside with the product at these endpoints. */
export type Product = ReturnType<typeof product>;

export function product(endpoints: Endpoints) {
  const serverCa = readFileSync(endpoints.serverCaPem, "utf8");

  const lambda = new LambdaClient({
    region: endpoints.aws.region,
    credentials: endpoints.aws.credentials,
    endpoint: endpoints.aws.endpoints.lambda,
  });

  /** What the operator function answers to a command. */
  async function ask(command: string, options: Record<string, string | boolean> = {}): Promise<OperatorAnswer> {
    const { region, endpoints: urls } = endpoints.aws;
    const at = { functionName: endpoints.resources["OperatorFunction"] ?? "", region, sts: urls.sts };
    const payload = JSON.stringify(await signCall(lambda.config, at, { command: command.split(" "), options }));
    const invoked = await lambda.send(
      new InvokeCommand({ FunctionName: at.functionName, Payload: Buffer.from(payload) }),
    );
    const text = Buffer.from(invoked.Payload ?? []).toString("utf8");
    if (invoked.FunctionError !== undefined) throw new Error(`operator failed: ${text}`);
    return JSON.parse(text) as OperatorAnswer;
  }

  /** The result of a command that must succeed. */
  async function operator<T>(command: string, options: Record<string, string | boolean> = {}): Promise<T> {
    const answer = await (command === "certificate list"
      ? certificateList((asked, given) => ask(asked.join(" "), given), options)
      : ask(command, options));
    if (!answer.ok) throw new Error(`${command}: ${answer.message}`);
    return answer.result as T;
  }

  /** The mails of an address, oldest first. */
  async function mails(to: string): Promise<readonly Mail[]> {
    const response = await fetch(`${endpoints.mailUrl}messages?to=${encodeURIComponent(to)}`);
    return (await response.json()) as readonly Mail[];
  }

  /** Waits for a mail with exactly this subject, the newest. */
  const mail = (to: string, subject: string): Promise<Mail> =>
    until(`"${subject}" to ${to}`, async () => (await mails(to)).findLast((one) => one.subject === subject));

  /** The download site as a phone's browser calls it. */
  const download = caller<DownloadRoutes>(downloadRoutes, {
    base: endpoints.downloadUrl.replace(/\/$/, ""),
    language: () => "ja",
    fetch: requester({ ca: serverCa }),
  });

  /** ID and password, as a person gets them: from the mail's link. */
  async function revealed(to: string, subject: string) {
    const { text } = await mail(to, subject);
    const token = /\/notice#([A-Za-z0-9_-]+)/.exec(text)?.[1];
    if (token === undefined) throw new Error(`no link in "${subject}"`);
    return download("revealNotice", { body: { token } });
  }

  /** The PKCS#12 file that ID and password open. */
  async function fetchPkcs12(credential: { id: string; password: string }): Promise<Buffer> {
    const { id, password } = credential;
    const { url } = await download("downloadCertificate", { body: { id, password } });
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the link answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  return { endpoints, serverCa, ask, operator, mails, mail, download, revealed, fetchPkcs12 };
}
