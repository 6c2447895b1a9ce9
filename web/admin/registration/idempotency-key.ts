import { useRef } from "react";
import type { Registration } from "../../../lambdas/contract/shapes.ts";

/**
 * The Idempotency-Key of one confirmed input. The same input keeps its key, also after a way back or a broken
 * connection, so that it cannot be registered twice; a changed input, or one that the server has answered
 * with a refusal, is a new intention.
 */
export function useIdempotencyKey() {
  const last = useRef<{ readonly content: string; readonly key: string }>(undefined);
  return {
    keyFor: (registration: Registration): string => {
      const content = JSON.stringify(registration);
      if (last.current?.content !== content) last.current = { content, key: crypto.randomUUID() };
      return last.current.key;
    },
    settle: () => {
      last.current = undefined;
    },
  };
}
