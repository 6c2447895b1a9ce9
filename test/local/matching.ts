import { expect } from "vitest";

/** Vitest's matchers as what they stand for: typed, so that they may stand in an expected object. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const anyNumber = (): unknown => expect.any(Number);
