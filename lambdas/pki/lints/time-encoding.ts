import { DerError, instantOf } from "../der-reader.ts";
import { tag } from "../der.ts";
import type { Lint } from "./linted.ts";

/** UTCTime to the end of 2049, GeneralizedTime from 2050; in UTC, with seconds and without a fraction. */
export const timeEncoding: Lint = {
  name: "time-encoding",
  source: "RFC 5280 §4.1.2.5",
  find: ({ tbs }) => [tbs.notBefore, tbs.notAfter].flatMap(faultsOf),
};

function faultsOf(time: Uint8Array): string[] {
  try {
    const instant = instantOf(time);
    const expected = instant.getUTCFullYear() < 2050 ? tag.utcTime : tag.generalizedTime;
    return time[0] === expected ? [] : [`${instant.toISOString()} is of the wrong type for its year`];
  } catch (error) {
    if (error instanceof DerError) return [error.message];
    throw error;
  }
}
