import { findWhole } from "../certificates/whole.ts";
import { addressKey, failureKey, loginHash } from "../access/login.ts";
import type { Failures } from "../access/access.ts";
import type { Downloadable } from "../certificates/downloadability.ts";
import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import { downloadable } from "./downloadable.ts";

export type SignInContext = Pick<Ports, "now" | "access" | "certificates" | "materials">;

export type Login = { readonly id: string; readonly password: string; readonly address: string };

type Budget = {
  /** Tries without delay; after the last of them the wait doubles from one second. */
  readonly free: number;
  /** Seconds that it grows to. */
  readonly longest: number;
};
const perLogin: Budget = { free: 5, longest: 900 };
/**
 * Whoever tries ID after ID: more than an office of a thousand behind one address mistypes in a day. Then a second after each
 * failure, and never more: who shares an address with an attacker still gets in.
 */
const perAddress: Budget = { free: 300, longest: 1 };
/** Earlier failures are forgotten after this long without another one. */
const day = 86_400_000;

/** Refuses a try before its time. */
function refuseEarly({ free, longest }: Budget, failures: Failures | undefined, now: Date): void {
  if (failures === undefined || failures.count < free) return;
  const seconds = Math.min(longest, 2 ** (failures.count - free));
  const wait = new Date(failures.lastAt).getTime() + seconds * 1000 - now.getTime();
  if (wait > 0) throw new Refusal("tooManyTries", { seconds: Math.ceil(wait / 1000) });
}

/** DynamoDB drops what has expired in its own time, so the day is counted here. */
const remembered = (found: Failures | undefined, now: Date): Failures | undefined =>
  found !== undefined && now.getTime() - new Date(found.lastAt).getTime() < day ? found : undefined;

/**
 * Counts a try before anything of it is looked at, so that of many at once no more are answered than one after another.
 * Each time that another one is counted first, what is left is asked anew, so it ends when nothing is left.
 */
async function countTry({ access }: Pick<SignInContext, "access">, key: string, now: Date): Promise<Failures> {
  for (;;) {
    const found = await access.findFailures(key);
    const failures = remembered(found, now);
    refuseEarly(perLogin, failures, now);
    const counted = { count: (failures?.count ?? 0) + 1, lastAt: now.toISOString() };
    if (await access.countTry(key, found, counted, new Date(now.getTime() + day))) return counted;
  }
}

/**
 * The certificate that an ID and a password open. Whatever is wrong with these is answered alike; only who has the
 * password learns that the certificate was revoked, has expired or has no key any more. Tries are counted per ID and
 * address: guessing slows down, and no stranger elsewhere can lock a holder out. Failures are counted per address too.
 */
export async function signIn(context: SignInContext, login: Login): Promise<Downloadable> {
  const { access } = context;
  const now = context.now();
  const address = addressKey(login.address);
  refuseEarly(perAddress, remembered(await access.findFailures(address), now), now);
  const budget = failureKey(login.id, login.address);
  const counted = await countTry(context, budget, now);
  const hash = loginHash(login.id, login.password);
  const credential = await access.findCredential(hash);
  const whole = credential && (await findWhole(context, credential.tenantId, credential.certificateId));
  // The credential only finds the certificate. What authorises is the hash that the issuer wrote with the key: whoever can
  // write credentials would otherwise have any key handed out.
  if (whole === undefined || whole.material?.loginHash !== hash) {
    await access.addFailure(address, now, new Date(now.getTime() + day));
    throw new Refusal("signInFailed");
  }
  await access.refundTry(budget, counted);
  return downloadable(whole.certificate, whole.material, now);
}
