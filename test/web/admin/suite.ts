import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { imitateApi } from "./fake-api.ts";
import { serveAdminSite } from "./site.ts";
import { chromiumProgram, openBrowser, visit } from "./browser.ts";

/** Waits for what a page comes to show; longer than the runner's own second, which a busy machine exceeds. */
export const eventually = <V>(read: () => V | Promise<V>) => expect.poll(read, { timeout: 15_000 });

type Visitor = Awaited<ReturnType<typeof visit>>;

/**
 * Serves the site and opens a browser for the tests of one file. `begin` starts a visit to an empty API; a test
 * during which the page broke the policy or threw fails.
 */
export function onAdminSite() {
  let site: Awaited<ReturnType<typeof serveAdminSite>>;
  let browser: Browser;
  let visitors: Visitor[] = [];

  beforeAll(async () => {
    if (!chromiumProgram.present) return;
    site = await serveAdminSite();
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints());
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    visitors = [];
    expect(complaints).toEqual([]);
  });

  return async (
    options: Parameters<typeof visit>[2] = {},
  ): Promise<Visitor & { api: ReturnType<typeof imitateApi> }> => {
    const api = site.renew();
    const visitor = await visit(browser, site, options);
    visitors.push(visitor);
    return { ...visitor, api };
  };
}
