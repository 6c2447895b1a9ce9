import type { Write } from "../transaction/write.ts";

/** What an ID and a password open. */
export type Credential = { readonly tenantId: string; readonly certificateId: string };

/** The tries to sign in of one budget that have not succeeded, or not yet. */
export type Failures = { readonly count: number; readonly lastAt: string };

/** What a notice mail's token opens, until when, and by which notice; ISO 8601. */
export type Link = {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly until: string;
  readonly noticeId: string;
  readonly noticeCreatedAt: string;
};

/** The remembered answer to an Idempotency-Key. */
export type Remembered = { readonly fingerprint: string; readonly status: number; readonly reply: unknown };

export type Access = {
  findCredential(hash: string): Promise<Credential | undefined>;
  addCredential(hash: string, credential: Credential): Write;
  /** The credential is forgotten then; until then it still finds its certificate. */
  endCredential(hash: string, credential: Credential, forget: Date): Write;
  findFailures(key: string): Promise<Failures | undefined>;
  /** Counts one more, whatever was counted meanwhile. */
  addFailure(key: string, at: Date, forget: Date): Promise<void>;
  /** Puts `counted` in the place of what was read; false, with nothing changed, if anything was counted since. */
  countTry(key: string, read: Failures | undefined, counted: Failures, forget: Date): Promise<boolean>;
  /** Forgets them all; the last one alone if others were counted since. */
  refundTry(key: string, counted: Failures): Promise<void>;
  addLink(hash: string, link: Link): Promise<void>;
  findLink(hash: string): Promise<Link | undefined>;
  findRemembered(key: string): Promise<Remembered | undefined>;
  /** Fails if the key is taken meanwhile. */
  remember(key: string, remembered: Remembered, forget: Date): Write;
};
