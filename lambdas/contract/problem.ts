import * as z from "zod/mini";

/** RFC 9457 body of every refusal. `errors` name the fields (JSON path joined by dots) with the rule's code and wording. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), code: z.string(), message: z.string() }))),
});
export type Problem = z.output<typeof problem>;

/** Headers that an unsafe admin call must carry (CSRF, replay); outside callers rely on them. */
export const unsafeHeaders = { marker: "X-Warifu", markerValue: "1", idempotency: "Idempotency-Key" } as const;
