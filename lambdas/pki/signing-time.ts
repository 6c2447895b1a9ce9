/** Signed times that another machine compares with its own clock, which may be wrong. */

/**
 * Milliseconds by which another machine's clock may be late. Everything signed here is valid from so much before it was
 * signed: a certificate's notBefore, a CRL's thisUpdate.
 */
export const CLOCK_TOLERANCE = 5 * 60_000;

/** First second of the validity of what is signed at an instant. */
export const validFrom = (signedAt: Date): Date =>
  new Date(Math.floor((signedAt.getTime() - CLOCK_TOLERANCE) / 1000) * 1000);
