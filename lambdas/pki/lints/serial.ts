import { isSerial } from "../serial.ts";
import type { Lint } from "./linted.ts";

/** Positive, 16 octets. */
export const serial: Lint = {
  name: "serial",
  source: "RFC 5280 §4.1.2.2",
  find: ({ tbs }) => (isSerial(tbs.serialNumber) ? [] : ["the serial number is not positive with 16 octets"]),
};
