import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { fakeApi } from "./fake-api.ts";
import { serveAdminSite } from "./site.ts";
import { chromiumProgram, openBrowser, visit } from "./browser.ts";

/** Waits for what a page comes to show; longer than the runner's own second, which a busy machine exceeds. */
export const eventually = <V>(read: () => V | Promise<V>) => expect.poll(read, { timeout: 15_000 });

type Visit = Awaited<ReturnType<typeof visit>>;

/**
 * Serves the site and opens a browser for the tests of one file. `begin` starts a visit to an empty API; a test
 * during which the page broke the policy or threw fails.
 */
export function onAdminSite() {
  let site: Awaited<ReturnType<typeof serveAdminSite>>;
  let browser: Browser;
  let visits: Visit[] = [];

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
    const complaints = visits.flatMap((one) => one.complaints());
    await Promise.all(visits.map((one) => one.leave()));
    visits = [];
    expect(complaints).toEqual([]);
  });

  return async (options: Parameters<typeof visit>[2] = {}): Promise<Visit & { api: ReturnType<typeof fakeApi> }> => {
    const api = site.renew();
    const one = await visit(browser, site, options);
    visits.push(one);
    return { ...one, api };
  };
}
