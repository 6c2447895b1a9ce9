import { describe, expect, it } from "vitest";
import { deviceCodes } from "../../../lambdas/contract/fields.ts";
import { kindOf, otherThan } from "../../../web/download/this-device.ts";

const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15";
const android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36";

describe("kindOf", () => {
  it.each([
    ["computer", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36", 10],
    ["computer", mac, 0],
    ["iPad", mac, 5],
    ["iPhone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", 5],
    ["Android", android, 5],
    ["computer", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", 0],
    [undefined, "Mozilla/5.0 (PlayStation 5)", 0],
  ])("is %s for %s with %i touch points", (kind, userAgent, maxTouchPoints) => {
    expect(kindOf({ userAgent, maxTouchPoints })).toBe(kind);
  });
});

describe("otherThan", () => {
  const seen = (here: Parameters<typeof otherThan>[1], holder: "administrator" | "subscriber" = "subscriber") =>
    deviceCodes.filter((device) => otherThan({ device, holder }, here) !== undefined);

  it("names the device at hand where the certificate is for another, and none where one of the two is not known", () => {
    expect(seen("computer")).toEqual(["11", "12", "20"]);
    expect(seen("iPhone")).toEqual(["01", "12", "20"]);
    expect(seen(undefined)).toEqual([]);
  });

  it("takes an administrator's certificate for a computer's, whatever its device", () => {
    expect(seen("computer", "administrator")).toEqual([]);
    expect(seen("Android", "administrator")).toEqual([...deviceCodes]);
  });
});
