import { readFileSync } from "node:fs";
import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemNow } from "../../lib/local/aws/clock.ts";
import { shiftClock } from "../../lib/local/clock.ts";
import { certify, presenting } from "./client-certificates.ts";
import { stage, type Stage } from "./stage.ts";

const day = 86_400_000;
let here: Stage;
beforeAll(async () => {
  // The authorities too are of a time that the system's clock, by which TLS goes, has not reached.
  shiftClock(10 * day);
  here = await stage(new Date());
});
afterAll(() => here.end());

describe("mutual TLS in a run with a clock of its own", () => {
  it("lets in whom the run's clock finds valid", async () => {
    const { cert } = here.administrator;
    expect(Date.parse(new X509Certificate(cert).validFrom)).toBeGreaterThan(systemNow() + 7 * day);
    expect((await here.askAdmin("/echo/1", here.administrator)).status).toBe(200);
  });

  it.each([
    ["is over by the run's clock", () => certify("CN=Saburo", here.admins, { hours: -1 })],
    ["is a server's", () => certify("CN=Saburo", here.admins, { usage: "serverAuth" })],
    ["signed itself", () => certify("CN=Saburo", undefined)],
    [
      "another authority of the same name signed",
      async () => certify("CN=Saburo", await certify("CN=Admins", undefined, { ca: true })),
    ],
  ])("answers 403 to a certificate that %s", async (_, make) => {
    expect((await here.askAdmin("/echo/1", await presenting(await make()))).status).toBe(403);
  });

  it("shows a server certificate of the system's time", () => {
    const ca = new X509Certificate(readFileSync(here.running.endpoints.serverCaPem));
    expect(Date.parse(ca.validFrom)).toBeLessThan(systemNow());
  });
});
