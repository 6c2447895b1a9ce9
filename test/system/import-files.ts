/** CSV files as administrators' browsers send them: announced, posted to S3, waited for. */
import type { ImportJobRow } from "../../lambdas/contract/imports.ts";
import { type Company, unique } from "./company.ts";
import { until } from "./product.ts";

export const importSubjects = {
  register: "利用者一括登録受付通知",
  registerErrors: "利用者一括登録受付エラー通知",
  revoke: "利用者一括失効受付通知",
  revokeErrors: "利用者一括失効受付エラー通知",
  registerStopped: "利用者一括登録中止通知",
  revokeStopped: "利用者一括失効中止通知",
  package: "CSV発行証明書ダウンロード通知",
} as const;

export type Operation = ImportJobRow["operation"];
type More = { readonly bulkDownload?: boolean; readonly on?: string; readonly fileName?: string };
export type Upload = { readonly url: string; readonly fields: Record<string, string> };

/** What a browser's form sends: the fields, then the file. */
export function post({ url, fields }: Upload, content: string | Uint8Array): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([typeof content === "string" ? content : Buffer.from(content)]), "file.csv");
  return fetch(url, { method: "POST", body: form });
}

export const announce = (by: Company, operation: Operation, more: More = {}, idempotencyKey: string = unique()) =>
  by.call("createImport", {
    params: { serviceId: by.serviceId },
    idempotencyKey,
    body: {
      operation,
      fileName: "利用者.csv",
      ...(operation === "register" ? { organizationId: by.organizationId } : {}),
      ...more,
    },
  });

/** Announces and uploads a file; returns its job's id. */
export async function upload(
  by: Company,
  operation: Operation,
  content: string | Uint8Array,
  more: More = {},
): Promise<string> {
  const { jobId, upload: form } = await announce(by, operation, more);
  const answer = await post(form, content);
  if (!answer.ok) throw new Error(`S3 answered ${answer.status}: ${await answer.text()}`);
  return jobId;
}

const over = ["done", "refused", "stopped"];

/** Waits for the job's end; returns it with its errors. */
export const ended = (by: Company, jobId: string, seconds = 60, pause?: number) =>
  until(
    `the end of ${jobId}`,
    async () => {
      const shown = await by.call("getImport", { params: { jobId } });
      return over.includes(shown.job.state) && shown;
    },
    seconds,
    pause,
  );

export const imported = async (
  by: Company,
  operation: Operation,
  content: string | Uint8Array,
  more: More = {},
  seconds = 60,
) => ended(by, await upload(by, operation, content, more), seconds);

/** Lines of a registration: one person each, with a mail of their own. */
export function people(count: number, run = unique()): { readonly mails: readonly string[]; readonly csv: string } {
  const mails = Array.from({ length: count }, (_, at) => `p${at}-${run}@mytest.jp`);
  return { mails, csv: mails.map((mail) => registration(mail)).join("") };
}

export const registration = (mail: string, device = "01", certificateEmail = mail): string =>
  `${mail},山田,太郎,ヤマダ,タロウ,Yamada,Taro,${certificateEmail},${device}\r\n`;
export const revocation = (mail: string, device = "01", certificateEmail = mail): string =>
  `${mail},${certificateEmail},${device}\r\n`;
