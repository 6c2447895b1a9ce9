import { useEffect, useState } from "react";
import { useCall } from "../frame/contexts.ts";
import { type Asked, isAsked } from "../search/asked.ts";
import type { OrganizationPath } from "./organization-path.ts";

/** A count goes on so many times; what is not counted by then is "more than". */
const requestsAtMost = 20;

/** How many rows a list has, or a search finds in it; a long count comes in parts. */
export function useCount({ serviceId, organizationId }: OrganizationPath, asked: Asked, round: number) {
  const call = useCall();
  const [count, setCount] = useState<{ readonly total?: number; readonly counting: boolean }>({ counting: false });
  const conditions = JSON.stringify(asked);
  useEffect(() => {
    const left = new AbortController();
    const go = async () => {
      let [total, cursor]: [number, string | undefined] = [0, undefined];
      for (let request = 0; request < requestsAtMost; request += 1) {
        const query: Asked & { cursor?: string } = { ...asked, ...(cursor === undefined ? {} : { cursor }) };
        const answer = await call("countCertificates", {
          params: { serviceId, organizationId },
          query,
          signal: left.signal,
        });
        if (left.signal.aborted) return;
        [total, cursor] = [total + answer.certificates, answer.next];
        setCount({ total, counting: cursor !== undefined });
        if (cursor === undefined) return;
      }
    };
    // Another search has another count, which the old one must not seem to be.
    if (isAsked(asked)) setCount({ counting: false });
    // The count is beside the matter: without it the list is as useful as before.
    go().catch(() => undefined);
    return () => left.abort();
  }, [call, serviceId, organizationId, conditions, round]);
  return count;
}
