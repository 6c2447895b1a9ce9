import { afterEach, beforeAll, expect } from "vitest";
import type { fakeApi } from "./fake-api.ts";
import { serveAdminSite } from "./site.ts";
import { chromiumProgram, openBrowser, type Tabs, visit } from "./browser.ts";

/** Waits for what a page comes to show; longer than the runner's own second, which a busy machine exceeds. */
export const eventually = <V>(read: () => V | Promise<V>) => expect.poll(read, { timeout: 15_000 });

type Visit = Awaited<ReturnType<typeof visit>>;

/** The site and a browser, for all test files of a worker; both end with its process. */
const opened = async () => ({
  site: await serveAdminSite(),
  browser: await openBrowser(),
  tabs: new Map() satisfies Tabs,
});
let shared: ReturnType<typeof opened> | undefined;

/**
 * Opens the site in a browser for the tests of one file. `begin` starts a visit to an empty API; a test
 * during which the page broke the policy or threw fails.
 */
export function onAdminSite() {
  let visits: Visit[] = [];

  beforeAll(async () => {
    if (chromiumProgram.present) await (shared ??= opened());
  }, 60_000);
  afterEach(async () => {
    const complaints = visits.flatMap((one) => one.complaints());
    await Promise.all(visits.map((one) => one.leave()));
    visits = [];
    expect(complaints).toEqual([]);
  });

  return async (options: Parameters<typeof visit>[3] = {}): Promise<Visit & { api: ReturnType<typeof fakeApi> }> => {
    const { site, browser, tabs } = await (shared ??= opened());
    const api = site.renew();
    const one = await visit(browser, site, tabs, options);
    visits.push(one);
    return { ...one, api };
  };
}
