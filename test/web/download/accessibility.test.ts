import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Browser } from "playwright-core";
import { deviceCodes } from "../../../lambdas/contract/fields.ts";
import { itWith, program } from "../../program.ts";
import { id, iphone, password, token } from "./people.ts";
import { newReader, openBrowser, type Reader } from "./reader.ts";
import { serveSite, type Api } from "./site.ts";

const chromium = program("chromium", "chromium");
const widths = {
  "390 px": { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const;
const cases = Object.entries(widths).flatMap(([size, viewport]) =>
  (["ja-JP", "en-US"] as const).flatMap((locale) =>
    (["light", "dark"] as const).map((colorScheme) => ({ size, viewport, locale, colorScheme })),
  ),
);

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let api: Api;

beforeAll(async () => {
  if (!chromium.present) return;
  site = await serveSite(() => api);
  browser = await openBrowser(chromium.path);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function signIn({ page }: Reader) {
  await page.goto(site.url);
  await page.locator("#id").fill(id);
  await page.locator("#password").fill(password);
  await page.locator("#sign-in").click();
}

/** Every state of every page, in the order in which one reader can meet them. */
const states: readonly (readonly [string, (reader: Reader) => Promise<void>])[] = [
  ["a notice to be shown", async ({ page }) => void (await page.goto(`${site.url}notice#${token}`))],
  [
    "a notice after a fault",
    async ({ page }) => {
      api = { ...api, revealNotice: () => ({ status: 503 }) };
      await page.locator("#reveal").click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "ID and password",
    async ({ page }) => {
      api = iphone(site.url);
      await page.locator("#reveal").click();
      await page.locator("#secret-id").waitFor();
    },
  ],
  [
    "a reloaded notice",
    async ({ page }) => {
      await page.reload();
      await page.locator(".warning").waitFor();
    },
  ],
  [
    "an unknown notice",
    async ({ page }) => {
      await page.goto(`${site.url}notice#${"x".repeat(24)}`);
      await page.locator("#reveal").click();
      await page.getByRole("alert").waitFor();
    },
  ],
  ["sign-in", async ({ page }) => void (await page.goto(site.url))],
  [
    "sign-in with something missing",
    async ({ page }) => {
      await page.locator("#sign-in").click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "a wrong password",
    async ({ page }) => {
      await page.locator("#id").fill(id);
      await page.locator("#password").fill("wrong");
      await page.locator("#sign-in").click();
      await page.locator("#sign-in:not([aria-disabled])").waitFor();
    },
  ],
  [
    "too many tries",
    async ({ page }) => {
      api = { ...api, signIn: () => ({ status: 429, headers: { "retry-after": "300" } }) };
      await page.locator("#sign-in").click();
      await page.getByText(/約5分後|about 5 minutes/).waitFor();
    },
  ],
  [
    "the certificate",
    async (reader) => {
      api = iphone(site.url);
      await signIn(reader);
      await reader.page.locator("#download").waitFor();
      // Read on a computer, it is also another device than the certificate is for.
      await reader.page.locator("#address").waitFor();
    },
  ],
  [
    "the certificate after the download",
    async ({ page }) => {
      await page.locator("#password-shown").click();
      await page.locator("#download").click();
      await page.locator(".done").waitFor();
    },
  ],
  [
    "a download that was refused",
    async ({ page }) => {
      api = { ...api, downloadCertificate: () => ({ status: 403 }) };
      await page.locator("#download").click();
      await page.getByRole("alert").waitFor();
    },
  ],
];

const refusals = {
  revoked: { status: 403, type: "urn:warifu:problem:certificateRevoked" },
  expired: { status: 403, type: "urn:warifu:problem:certificateExpired" },
  destroyed: { status: 409, type: "urn:warifu:problem:keyDestroyed" },
} as const;

/** A certificate that has ended, on each page that can say so. */
const endings: typeof states = Object.entries(refusals).flatMap(([end, refusal]): typeof states => [
  [
    `the certificate, ${end}`,
    async (reader) => {
      api = { ...iphone(site.url), downloadCertificate: () => refusal };
      await signIn(reader);
      await reader.page.locator("#download").click();
      await reader.page.getByRole("alert").waitFor();
    },
  ],
  [
    `sign-in, ${end}`,
    async (reader) => {
      api = { ...iphone(site.url), signIn: () => refusal };
      await signIn(reader);
      await reader.page.locator("#other").waitFor();
    },
  ],
  [
    `a notice, ${end}`,
    async ({ page }) => {
      api = { ...iphone(site.url), revealNotice: () => refusal };
      await page.goto(`${site.url}notice#${token}`);
      await page.locator("#reveal").click();
      await page.getByRole("alert").waitFor();
    },
  ],
]);

/** Wider than the window means scrolling sideways on a phone. */
const tooWide = (reader: Reader) => reader.page.evaluate("document.documentElement.scrollWidth > innerWidth");

describe("every state of the download site", () => {
  for (const { size, viewport, locale, colorScheme } of cases)
    itWith(
      chromium,
      `has no axe finding and fits: ${size}, ${locale}, ${colorScheme}`,
      async () => {
        api = iphone(site.url);
        const reader = await newReader(browser, {
          viewport,
          locale,
          colorScheme,
          reducedMotion: "reduce",
        });
        for (const [state, reach] of [...states, ...endings]) {
          await reach(reader);
          await reader.page.locator("main").waitFor();
          expect([state, await reader.findings(), await tooWide(reader), await reader.complaints()]).toEqual([
            state,
            [],
            false,
            [],
          ]);
        }
        await reader.close();
      },
      60_000,
    );
});

describe("the steps of every device", () => {
  itWith(
    chromium,
    "have no axe finding at 390 px",
    async () => {
      const reader = await newReader(browser, { viewport: widths["390 px"], locale: "ja-JP" });
      for (const device of deviceCodes)
        for (const holder of ["subscriber", "administrator"] as const) {
          const plain = iphone(site.url);
          api = {
            ...plain,
            signIn: (given) => {
              const made = plain.signIn(given);
              return "reply" in made ? { reply: { ...made.reply, device, holder, status: "downloaded" } } : made;
            },
          };
          await signIn(reader);
          await reader.page.locator("#download").waitFor();
          expect([device, holder, await reader.findings(), await tooWide(reader)]).toEqual([device, holder, [], false]);
        }
      await reader.close();
    },
    60_000,
  );
});
