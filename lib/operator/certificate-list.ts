import type { OperatorAnswer } from "../../lambdas/operator/run.ts";
import type { Call } from "./import-file.ts";

type Page = { readonly certificates: readonly object[]; readonly next?: string };

/** `certificate list`: reads all pages, because one answer of the function is limited in size and time, and returns one array. */
export async function certificateList(call: Call, options: Parameters<Call>[1]): Promise<OperatorAnswer> {
  const certificates: object[] = [];
  let cursor: string | undefined;
  do {
    const answer = await call(["certificate", "list"], { ...options, ...(cursor === undefined ? {} : { cursor }) });
    if (!answer.ok) return answer;
    const page = answer.result as Page;
    certificates.push(...page.certificates);
    cursor = page.next;
  } while (cursor !== undefined);
  return { ok: true, result: certificates };
}
