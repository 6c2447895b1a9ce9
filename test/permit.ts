import type { Permit } from "../lambdas/certificates/sealing.ts";

/** For tests of what takes a permit; the product's own comes from `lambdas/exports/hand-out.ts`. */
export const permit = {} as Permit;
