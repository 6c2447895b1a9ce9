import axe from "axe-core";
import { type Browser, chromium, type ConsoleMessage, type Page } from "playwright-core";
import { program } from "../../program.ts";
import type { serveAdminSite } from "./site.ts";

export const chromiumProgram = program("chromium", "chromium");

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumProgram.path,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

type Language = "ja" | "en";

/**
 * Tabs that are left open for the next visit, one for each language: a tab that has shown the site has its scripts and
 * styles compiled, which takes most of the time that a first visit takes.
 */
export type Tabs = Map<Language, Page>;

async function newTab(browser: Browser, language: Language): Promise<Page> {
  const context = await browser.newContext({
    locale: language === "ja" ? "ja-JP" : "en-US",
    timezoneId: "America/New_York",
    reducedMotion: "reduce",
  });
  if (language === "en") await context.addInitScript('localStorage.setItem("warifu.language", "en")');
  return context.newPage();
}

/**
 * A visit to the admin site that remembers none before it. `complaints` lists what the page did wrong while it was
 * looked at. `clock`: the test moves the page's time.
 */
export async function visit(
  browser: Browser,
  site: Awaited<ReturnType<typeof serveAdminSite>>,
  tabs: Tabs,
  {
    viewport = desktop,
    language = "ja",
    clock = false,
  }: { viewport?: typeof desktop; language?: Language; clock?: boolean } = {},
) {
  const open = clock ? undefined : tabs.get(language);
  if (open !== undefined) tabs.delete(language);
  const page = open ?? (await newTab(browser, language));
  const context = page.context();
  if (clock) await page.clock.install();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: "light" });
  await page.mouse.move(0, 0);
  const violations = site.violations.length;
  const complaints: string[] = [];
  const thrown = (error: Error) => complaints.push(error.message);
  const logged = (line: ConsoleMessage) => {
    // A refused call is logged by the browser itself; the pages are about what they make of it.
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) complaints.push(line.text());
  };
  page.on("pageerror", thrown);
  page.on("console", logged);
  return {
    page,
    open: async (hash: string) => {
      await page.goto(`${site.url}#${hash}`);
      await page.locator("h1:not(.unseen)").filter({ visible: true }).waitFor();
    },
    complaints: () => [...complaints, ...site.violations.slice(violations)],
    leave: async () => {
      // An installed clock stays with its context, and of two visits in one language one tab is enough.
      if (clock || tabs.has(language)) return context.close();
      const others = context.pages().filter((other) => other !== page);
      await Promise.all(others.map((other) => other.close()));
      page.off("pageerror", thrown);
      page.off("console", logged);
      page.removeAllListeners("dialog");
      // The address of the site without its scripts, which could write again.
      await page.goto(`${site.url}blank`);
      await page.evaluate("localStorage.clear(); sessionStorage.clear()");
      tabs.set(language, page);
      return undefined;
    },
  };
}

/** What axe-core (WCAG 2.2 A and AA, best practices) finds on the page as it is. */
export async function findings(page: Page, state: string): Promise<string[]> {
  await page.evaluate(axe.source);
  // What passes is not listed: listing it takes longer than finding what does not.
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.map(
    ({ id, nodes }) => `${state}: ${id} at ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

/** Is anything wider than the window, apart from tables, which scroll within themselves? */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > innerWidth");
