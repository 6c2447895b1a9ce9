import type { OperatorAnswer } from "../../lambdas/operator/run.ts";
import type { Call } from "./import-file.ts";

type Options = Parameters<Call>[1];

/** Reads all pages of a list, because one answer of the function is limited in size and time, and returns one array. */
const pages =
  (command: readonly string[], entries: string) =>
  async (call: Call, options: Options): Promise<OperatorAnswer> => {
    const all: unknown[] = [];
    let cursor: string | undefined;
    do {
      const answer = await call(command, { ...options, ...(cursor === undefined ? {} : { cursor }) });
      if (!answer.ok) return answer;
      const page = answer.result as Readonly<Record<string, unknown>>;
      all.push(...(page[entries] as unknown[]));
      cursor = page["next"] as string | undefined;
    } while (cursor !== undefined);
    return { ok: true, result: all };
  };

export const certificateList = pages(["certificate", "list"], "certificates");
export const auditList = pages(["audit", "list"], "lines");
