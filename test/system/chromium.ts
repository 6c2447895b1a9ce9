/** Debian's Chromium with certificates in an NSS database of its own, and what its pages do wrong. */
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { picture } from "../picture.ts";
import { type Program, program } from "../program.ts";
import { file, run } from "./outside.ts";

const parts = [
  program("chromium", "chromium"),
  program("certutil", "libnss3-tools"),
  program("pk12util", "libnss3-tools"),
] as const;
const [chromiumProgram, certutil, pk12util] = parts;
/** What a test with this browser needs: the first part that is missing, else Chromium. */
export const neededBrowser: Program = parts.find(({ present }) => !present) ?? chromiumProgram;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const desktop = { viewport: { width: 1280, height: 800 }, locale: "ja-JP" } as const;
export const phone = {
  viewport: { width: 390, height: 844 },
  locale: "ja-JP",
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
  // The pages tell an iPhone's reader from one at a computer.
  userAgent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
} as const;

/** A person's own browser: it trusts the servers' CA and holds the person's certificate, if there is one. */
export async function openChromium(given: {
  readonly serverCaPem: string;
  readonly holder?: { readonly p12: Uint8Array; readonly password: string };
}): Promise<{ readonly browser: Browser; readonly close: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), "warifu-chromium-"));
  const database = join(home, ".pki/nssdb");
  mkdirSync(database, { recursive: true });
  run(certutil.path, "-d", `sql:${database}`, "-N", "--empty-password");
  run(certutil.path, "-d", `sql:${database}`, "-A", "-t", "C,,", "-n", "server CA", "-i", given.serverCaPem);
  if (given.holder !== undefined) {
    const p12 = file(home, "holder.p12", given.holder.p12);
    run(pk12util.path, "-d", `sql:${database}`, "-K", "", "-i", p12, "-W", given.holder.password);
  }
  const browser = await chromium.launch({
    executablePath: chromiumProgram.path,
    env: { HOME: home, PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8" },
    timeout: 120_000,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export type Visit = Awaited<ReturnType<typeof visit>>;

/** A fresh visit. `complaints` is what pages did wrong so far, each line saying where. */
export async function visit(browser: Browser, options: BrowserContextOptions) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce", colorScheme: "light" });
  const complaints: string[] = [];
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost" && hostname !== "127.0.0.1")
      complaints.push(`a request to ${hostname}`);
  });
  await context.addInitScript({
    content: `addEventListener("securitypolicyviolation", (event) =>
      console.error("policy violated: " + event.violatedDirective + " " + event.blockedURI));`,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${String(error)}`));
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(`${page.url()}: ${line.text()}`);
  });

  return {
    page,
    complaints,
    /** Looks at the page as it is, as wide as a desktop and as narrow as a phone; `state` names it in a finding. */
    look: async (state: string): Promise<void> => {
      const own = page.viewportSize() ?? desktop.viewport;
      for (const { viewport } of [desktop, phone]) {
        await page.setViewportSize(viewport);
        for (const finding of await findings(page)) complaints.push(`${state} at ${viewport.width} px: ${finding}`);
      }
      await page.setViewportSize(own);
    },
    picture: (name: string, height?: number): Promise<void> => picture(page, name, height),
    leave: () => context.close(),
  };
}

/** What axe-core finds, once the layout has followed the window. By the debugger, which no page's policy binds. */
async function findings(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  };
  try {
    await evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))");
    await evaluate(axe);
    const found = await evaluate(
      `axe.run(document).then(({ violations }) => [
        ...violations.map(({ id, nodes }) => id + " at " + nodes.map((node) => node.html.slice(0, 160)).join(" | ")),
        ...(document.documentElement.scrollWidth > innerWidth ? ["wider than the window"] : []),
      ])`,
    );
    return found as readonly string[];
  } finally {
    await session.detach();
  }
}
