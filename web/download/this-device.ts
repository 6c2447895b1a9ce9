import type { Device } from "../../lambdas/contract/fields.ts";

/** What a page can tell the device that it is read on by. */
export type Kind = "computer" | "iPhone" | "iPad" | "Android";

/** What a browser says of itself. */
type Browser = { readonly userAgent: string; readonly maxTouchPoints: number };

/** The device of a browser; undefined where it does not say. An iPad calls itself a Mac, which has no touch screen. */
export function kindOf({ userAgent, maxTouchPoints }: Browser): Kind | undefined {
  if (/iPhone|iPod/.test(userAgent)) return "iPhone";
  if (/iPad/.test(userAgent)) return "iPad";
  if (/Macintosh/.test(userAgent)) return maxTouchPoints > 1 ? "iPad" : "computer";
  if (/Android/.test(userAgent)) return "Android";
  return /Windows NT|CrOS|X11/.test(userAgent) ? "computer" : undefined;
}

const kinds: Readonly<Record<Device, Kind | undefined>> = {
  "01": "computer",
  "11": "iPhone",
  "12": "iPad",
  "20": "Android",
  "99": undefined,
};

/** The device that a certificate is read on, where that is surely not the one that it is for. */
export function otherThan(
  { device, holder }: { readonly device: Device; readonly holder: "administrator" | "subscriber" },
  here: Kind | undefined,
): Kind | undefined {
  const meant = holder === "administrator" ? "computer" : kinds[device];
  return meant === undefined || here === meant ? undefined : here;
}
