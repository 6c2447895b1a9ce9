import { appendFileSync } from "node:fs";
import { join } from "node:path";

/** Keeps what roles were denied in `denied.log`. On AWS only CloudTrail would tell: a function may take it for an outage. */
export function denialsIn(directory: string): (message: string) => void {
  const denials = join(directory, "denied.log");
  return (message) => appendFileSync(denials, `${message}\n`, { mode: 0o600 });
}
