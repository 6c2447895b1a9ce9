import { useRef } from "react";
import type { Registration } from "../../../lambdas/contract/shapes.ts";
import type { OrganizationPath } from "../subscribers/organization-path.ts";
import { keep, readKept } from "./kept.ts";

/**
 * The Idempotency-Key of one confirmed input. The same input keeps its key, also after a way back, a reload or a broken
 * connection, so that it cannot be registered twice; a changed input, or one that the server has answered, is a new
 * request.
 */
export function useIdempotencyKey(ids: OrganizationPath) {
  const last = useRef(readKept(ids).request);
  const set = (request: typeof last.current) => {
    last.current = request;
    keep(ids, { request });
  };
  return {
    keyFor: (registration: Registration): string => {
      const content = JSON.stringify(registration);
      const known = last.current?.content === content ? last.current : { content, key: crypto.randomUUID() };
      set(known);
      return known.key;
    },
    settle: () => set(undefined),
  };
}
