import { mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

const images = resolve(import.meta.dirname, "../docs/images");
/** Bytes: pictures are read on a web page beside the text. */
const largest = 250_000;

/**
 * Keeps the window's content as docs/images/NAME.png, where pictures are asked for (WARIFU_PICTURES=1); `height` (px)
 * for a page that needs more. Fails if it is larger than a picture may be.
 */
export async function picture(page: Page, name: string, height?: number): Promise<void> {
  if (process.env["WARIFU_PICTURES"] !== "1") return;
  mkdirSync(images, { recursive: true });
  const path = join(images, `${name}.png`);
  const own = page.viewportSize();
  if (own !== null && height !== undefined) await page.setViewportSize({ ...own, height });
  await page.screenshot({ path, animations: "disabled" });
  if (own !== null && height !== undefined) await page.setViewportSize(own);
  const { size } = statSync(path);
  if (size > largest) throw new Error(`${name}.png has ${size} bytes, more than ${largest}`);
}
