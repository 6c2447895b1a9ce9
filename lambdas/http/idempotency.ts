import { createHash } from "node:crypto";
import type { APIGatewayProxyEvent } from "aws-lambda";
import type { Access, Remembered } from "../access/access.ts";
import { idempotencyKey } from "../contract/fields.ts";
import { unsafeHeaders } from "../contract/problem.ts";
import { Refusal } from "../refusal.ts";
import type { Write } from "../transaction/write.ts";
import { header } from "./forgery.ts";

/** The Idempotency-Key of a call, with the answer if it was given already. */
export type Idempotency = {
  /** The same for a repetition of the call, and for nothing else. */
  readonly id: string;
  readonly answered: Remembered | undefined;
  /** Puts the answer into the call's own transaction, so that it is done and remembered together. */
  remember(status: number, reply: unknown): Write;
};

const day = 86_400_000;

/** Looks up the call's Idempotency-Key. The same key with another request is refused. */
export async function idempotencyOf(
  context: { readonly now: () => Date; readonly access: Access },
  who: string,
  event: APIGatewayProxyEvent,
): Promise<Idempotency> {
  const given = idempotencyKey.safeParse(header(event, unsafeHeaders.idempotency));
  if (!given.success) throw new Refusal("idempotencyMissing");
  const key = createHash("sha256").update(`${who}\0${given.data}`).digest("hex");
  const fingerprint = createHash("sha256")
    .update(`${event.httpMethod}\0${event.path}\0${event.body ?? ""}`)
    .digest("hex");
  const answered = await context.access.findRemembered(key);
  if (answered !== undefined && answered.fingerprint !== fingerprint) throw new Refusal("idempotencyReuse");
  return {
    id: createHash("sha256").update(`${key}\0${fingerprint}`).digest("hex"),
    answered,
    remember: (status, reply) =>
      context.access.remember(key, { fingerprint, status, reply }, new Date(context.now().getTime() + day)),
  };
}
