import { defineConfig } from "vitest/config";

/**
 * `parts` need nothing but themselves; `pages` are the admin site's, whose files share what a worker has loaded, so that
 * each worker builds the site once; `system` runs against the whole product on this machine, started once.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: { name: "parts", include: ["test/**/*.test.ts"], exclude: ["test/system/**", "test/web/admin/**"] },
      },
      { extends: true, test: { name: "pages", include: ["test/web/admin/**/*.test.ts"], isolate: false } },
      {
        extends: true,
        test: { name: "system", include: ["test/system/**/*.test.ts"], globalSetup: ["test/system/start.ts"] },
      },
    ],
  },
});
