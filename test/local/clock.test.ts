import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settleClock, shiftClock } from "../../lib/local/clock.ts";
import { systemNow } from "../../lib/local/aws/clock.ts";
import { openStateFile } from "../../lib/local/state.ts";
import { temporaryFolder } from "./assembly.ts";

const day = 86_400_000;
/** Shifted less than a minute off from what is meant. */
const near = (instant: number, meant: number) => expect(Math.abs(instant - meant)).toBeLessThan(60_000);

afterEach(() => shiftClock(0));

describe("a shifted clock", () => {
  it("is that of everything that asks for now, and leaves given instants alone", () => {
    const real = Date.now();
    shiftClock(19 * day);
    near(Date.now(), real + 19 * day);
    near(new Date().getTime(), real + 19 * day);
    near(Date.parse(Date()), real + 19 * day);
    near(systemNow(), real);
    expect(new Date(0).toISOString()).toBe("1970-01-01T00:00:00.000Z");
    expect(new Date(2026, 0)).toEqual(new Date("2026-01-01T00:00:00"));
    expect(Date.UTC(2026, 0)).toBe(1_767_225_600_000);
    expect(new Date()).toBeInstanceOf(Date);
    expect(structuredClone(new Date(7))).toEqual(new Date(7));
    shiftClock(0);
    near(Date.now(), real);
  });
});

describe("the clock of a data folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());
  const open = () => openStateFile(folder.path);
  const inDays = (days: number) => new Date(Date.now() + days * day);

  it("is the system's until it is set, then kept, and set again only to later", () => {
    expect(settleClock(open(), undefined)).toBe(0);
    near(settleClock(open(), inDays(3)), 3 * day);
    near(settleClock(open(), undefined), 3 * day);
    expect(() => settleClock(open(), inDays(2))).toThrow(/^--clock .*is earlier than .*never goes back; give a later/);
    near(settleClock(open(), undefined), 3 * day);
    near(settleClock(open(), inDays(4)), 4 * day);
  });

  it("of an older folder is not set to the past; a new one may begin there", () => {
    near(settleClock(open(), inDays(-100)), -100 * day);
    openStateFile(`${folder.path}/other`);
    expect(() => settleClock(openStateFile(`${folder.path}/other`), inDays(-1))).toThrow("never goes back");
  });
});
