import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
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

/** A fresh visit to the admin site. `complaints` tells what the page did wrong while it was looked at. */
export async function visit(
  browser: Browser,
  site: Awaited<ReturnType<typeof serveAdminSite>>,
  { viewport = desktop, language = "ja" }: { viewport?: typeof desktop; language?: "ja" | "en" } = {},
) {
  const context = await browser.newContext({
    viewport,
    locale: language === "ja" ? "ja-JP" : "en-US",
    timezoneId: "America/New_York",
    reducedMotion: "reduce",
  });
  if (language === "en") await context.addInitScript('localStorage.setItem("warifu.language", "en")');
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => {
    // A refused call is logged by the browser itself; the pages are about what they make of it.
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) complaints.push(line.text());
  });
  return {
    page,
    open: async (hash: string) => {
      await page.goto(`${site.url}#${hash}`);
      await page.locator("h1:not(.unseen)").filter({ visible: true }).waitFor();
    },
    complaints: () => [...complaints, ...site.violations],
    leave: () => context.close(),
  };
}

/** What axe-core (WCAG 2.2 A and AA, best practices) finds on the page as it stands. */
export async function findings(page: Page, state: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document)");
  return violations.map(
    ({ id, nodes }) => `${state}: ${id} at ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

/** Is anything wider than the window, apart from tables, which scroll within themselves? */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > innerWidth");
