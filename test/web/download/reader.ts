import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { chromium, type Browser, type BrowserContextOptions, type CDPSession, type Page } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Debian's Chromium with nothing that calls home. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export type Reader = {
  readonly page: Page;
  /** What breaks the page's rules: policy violations, script errors, error messages. */
  readonly complaints: () => Promise<readonly string[]>;
  /** axe-core's findings on what is shown now. */
  readonly findings: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** Evaluates by the debugger itself, which the page's policy does not bind (the policy refuses `eval`). */
async function evaluate(session: CDPSession, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** One person with a browser of their own. */
export async function newReader(browser: Browser, options: BrowserContextOptions): Promise<Reader> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const session = await context.newCDPSession(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // A refused call is an error line of the browser's own; the page words it for the reader.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  await session.send("Page.enable");
  await session.send("Page.addScriptToEvaluateOnNewDocument", {
    source: `globalThis.violations = [];
      addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.blockedURI));`,
  });
  return {
    page,
    complaints: async () => [...errors, ...((await evaluate(session, "globalThis.violations ?? []")) as string[])],
    findings: async () => {
      await evaluate(session, axe);
      return (await evaluate(
        session,
        `axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } })
          .then(({ violations }) => violations.map((found) => found.id + ": " + found.nodes.map((node) => node.html).join(" ")))`,
      )) as string[];
    },
    close: () => context.close(),
  };
}
