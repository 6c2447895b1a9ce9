import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { askedInstant } from "../../lambdas/async/asked-instant.ts";
import { commands } from "../../lambdas/operator/options.ts";

const now = new Date("2026-12-01T00:00:00Z");

describe("the instant that a message asks for", () => {
  it.each([
    [undefined, now],
    ["2026-11-30T15:00:00Z", new Date("2026-11-30T15:00:00Z")],
    ["2026-12-01T09:00:00+09:00", now],
    ["2026-12-01T00:00:00.001Z", now],
    ["2035-01-01T00:00:00+09:00", now],
    ["9999-12-31T23:59:59Z", now],
  ])("%s is never later than now", (asked, instant) => {
    expect(askedInstant(asked, now)).toEqual(instant);
  });

  it.each(["", "tomorrow", "2026-13-01T00:00:00Z"])("that cannot be read, %j, fails the message", (asked) => {
    expect(() => askedInstant(asked, now)).toThrow("cannot be read");
  });
});

const lambdas = join(import.meta.dirname, "../../lambdas");
const sources = readdirSync(lambdas, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => [name, readFileSync(join(lambdas, name), "utf8")] as const);

describe("whatever carries an instant", () => {
  it("as a message has its decision here", () => {
    const carrying = sources.flatMap(([name, text]) =>
      [...text.matchAll(/export type (\w+Message) =([^]*?)(?:;\n(?=\S|\n|$)|$)/g)]
        .filter(([, , fields = ""]) => /\b(at|on|from|until|since|\w+(At|On)|date|time|instant)\??:/.test(fields))
        .map(([, type]) => `${name} ${type}`),
    );
    expect(carrying).toEqual([
      // It waits until then, and looks: what it finds decides.
      "aws/import-queues.ts LookMessage",
      // See below.
      "aws/queues.ts NightlyMessage",
    ]);
  });

  it("as the nightly's message is read by askedInstant alone", () => {
    const [, text = ""] = sources.find(([name]) => name === "nightly.ts") ?? [];
    const read = [...text.matchAll(/\S*\bmessage\.at\b/g)].map(([found]) => found);
    expect(read).toEqual(["askedInstant(message.at"]);
  });

  it("as a command's option has its decision here", () => {
    const future = "2999-01-01T00:00:00+09:00";
    const taken = Object.entries(commands).flatMap(([command, shape]) =>
      Object.entries<z.core.$ZodType>(shape.shape)
        .filter(([, option]) => z.safeParse(option, future).success && !z.safeParse(option, "x").success)
        .map(([option]) => `${command} --${option}`),
    );
    expect(taken.toSorted()).toEqual([
      // They choose what is shown.
      "audit list --from",
      "audit list --to",
      // Refused when it is later than now: test/system/operator-refusals.test.ts.
      "nightly run --at",
    ]);
  });
});
