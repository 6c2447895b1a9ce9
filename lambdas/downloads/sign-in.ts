import { findWhole } from "../certificates/whole.ts";
import { failureKey, loginHash } from "../access/login.ts";
import type { Failures } from "../access/access.ts";
import type { Downloadable } from "../certificates/downloadability.ts";
import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import { downloadable } from "./downloadable.ts";

export type SignInContext = Pick<Ports, "now" | "access" | "certificates" | "materials">;

export type Login = { readonly id: string; readonly password: string; readonly address: string };

/** Tries without delay; after the last of them the wait doubles from one second up to a quarter of an hour. */
const free = 5;
const longest = 900;
/** Earlier failures are forgotten after this long without another one. */
const day = 86_400_000;
const waitSeconds = (count: number) => (count < free ? 0 : Math.min(longest, 2 ** (count - free)));

/** Milliseconds until the next try is taken. */
const waitAfter = ({ count, lastAt }: Failures, now: Date): number =>
  new Date(lastAt).getTime() + waitSeconds(count) * 1000 - now.getTime();

/**
 * The certificate that an ID and a password open. Whatever is wrong with these is answered alike; only who has the
 * password learns that the certificate was revoked, has expired or has no key any more. Failures are counted per ID
 * and address: guessing slows down, and no stranger elsewhere can lock a holder out.
 */
export async function signIn(context: SignInContext, login: Login): Promise<Downloadable> {
  const now = context.now();
  const budget = failureKey(login.id, login.address);
  const hash = loginHash(login.id, login.password);
  const [found, credential] = await Promise.all([
    context.access.findFailures(budget),
    context.access.findCredential(hash),
  ]);
  // DynamoDB drops what has expired in its own time, so the day is counted here.
  const past = found !== undefined && now.getTime() - new Date(found.lastAt).getTime() >= day;
  const failures = past ? undefined : found;
  const wait = failures === undefined ? 0 : waitAfter(failures, now);
  if (wait > 0) throw new Refusal("tooManyTries", { seconds: Math.ceil(wait / 1000) });
  const whole = credential && (await findWhole(context, credential.tenantId, credential.certificateId));
  // The credential only finds the certificate. What authorises is the hash that the issuer wrote with the key: whoever can
  // write credentials would otherwise have any key handed out.
  if (whole === undefined || whole.material?.loginHash !== hash) {
    if (past) await context.access.clearFailures(budget, found);
    await context.access.addFailure(budget, now, new Date(now.getTime() + day));
    throw new Refusal("signInFailed");
  }
  if (found !== undefined) await context.access.clearFailures(budget, found);
  return downloadable(whole.certificate, whole.material, now);
}
