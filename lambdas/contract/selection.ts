import * as z from "zod/mini";
import { day, identifier } from "./fields.ts";
import { route } from "./route.ts";
import { certificateRow, revocationReason } from "./shapes.ts";

/** As many certificates as one call takes. */
export const mostSelected = 100;

const selection = { error: "selection" };
const certificateIds = z.array(identifier).check(z.minLength(1, selection), z.maxLength(mostSelected, selection));
const inService = z.object({ serviceId: identifier });

/** How it went with each certificate, in the order in which they were given. */
const results = z.object({
  results: z.array(
    z.object({
      certificateId: identifier,
      outcome: z.enum(["done", "refused"]),
      /** As it is now; missing where there is none. */
      certificate: z.optional(certificateRow),
      /** Why it was refused: the problem's code, and its sentence in the reader's language. */
      refusal: z.optional(z.object({ code: z.string(), message: z.string() })),
    }),
  ),
});
export type SelectionResults = z.output<typeof results>;

/**
 * What is done to a selection of certificates of one service. One that is refused stops no other. Of revocations the
 * administrators get one mail for all.
 */
export const selectionRoutes = {
  revokeCertificates: route({
    method: "POST",
    path: "/api/services/{serviceId}/certificates/revocations",
    audience: "administrator",
    summary: `Revoke up to ${mostSelected} certificates immediately, or at 0:00 JST of a day (tomorrow to today + 30); another day or reason changes a planned one`,
    params: inService,
    body: z.object({
      certificateIds,
      reason: z._default(revocationReason, "unspecified"),
      on: z.optional(day),
    }),
    reply: results,
  }),
  cancelRevocations: route({
    method: "POST",
    path: "/api/services/{serviceId}/certificates/cancellations",
    audience: "administrator",
    summary: `Cancel the planned revocations of up to ${mostSelected} certificates`,
    params: inService,
    body: z.object({ certificateIds }),
    reply: results,
  }),
  resendNotices: route({
    method: "POST",
    path: "/api/services/{serviceId}/certificates/resends",
    audience: "administrator",
    summary: `Send the subscribers of up to ${mostSelected} certificates their two mails again, with new links; the earlier links end`,
    params: inService,
    body: z.object({ certificateIds }),
    reply: results,
  }),
} as const;
