import { defineConfig } from "vitest/config";

/** `parts` need nothing but themselves; `system` runs against the whole product on this machine, started once. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: "parts", include: ["test/**/*.test.ts"], exclude: ["test/system/**"] } },
      {
        extends: true,
        test: { name: "system", include: ["test/system/**/*.test.ts"], globalSetup: ["test/system/start.ts"] },
      },
    ],
  },
});
