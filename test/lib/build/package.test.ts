import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contentTypeOf, siteMediaTypes } from "../../../lib/build/media-types.ts";
import { packageSite } from "../../../lib/build/package.ts";
import { securityPolicyOf } from "../../../lib/build/security-policy.ts";

const files = new Map([
  ["index.html", Buffer.from("<html></html>")],
  ["assets/admin-ABCDEFGH.js", Buffer.from("export {};")],
  ["assets/mark-ABCDEFGH.png", Buffer.from([0x89, 0x50])],
]);

describe("packaging a site", () => {
  it("has pages asked for each time, with the policy, and assets kept for good", async () => {
    const folder = mkdtempSync(join(tmpdir(), "warifu-package-"));
    try {
      await packageSite("admin", files, folder);
      const manifest: unknown = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
      const kept = "public, max-age=31536000, immutable";
      expect(manifest).toEqual([
        {
          path: "assets/admin-ABCDEFGH.js.gz",
          key: "assets/admin-ABCDEFGH.js",
          contentType: "text/javascript; charset=utf-8",
          contentEncoding: "gzip",
          cacheControl: kept,
        },
        {
          path: "assets/mark-ABCDEFGH.png",
          key: "assets/mark-ABCDEFGH.png",
          contentType: "image/png",
          cacheControl: kept,
        },
        {
          path: "index.html.gz",
          key: "index.html",
          contentType: "text/html; charset=utf-8",
          contentEncoding: "gzip",
          cacheControl: "no-cache",
          csp: securityPolicyOf("admin"),
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("refuses a kind of file that API Gateway would not pass on as it is", () => {
    expect(() => contentTypeOf(".exe")).toThrow('a site file ends in ".exe"');
    expect(siteMediaTypes).toContain(contentTypeOf(".css").split(";")[0]);
  });
});

describe("the security policy", () => {
  it.each(["admin", "download"] as const)(
    "of %s allows its own origin, the place for uploads, and nothing inline",
    (site) => {
      const directives = new Map(
        securityPolicyOf(site)
          .split("; ")
          .map((one) => [one.slice(0, one.indexOf(" ")), one.slice(one.indexOf(" ") + 1)]),
      );
      expect(Object.fromEntries(directives)).toMatchObject({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": site === "admin" ? "'self' {uploads}" : "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
      });
      expect(directives.get("font-src")).toBe(site === "admin" ? "'self' data:" : undefined);
      expect(securityPolicyOf(site)).not.toMatch(/unsafe|https?:|\*/);
    },
  );
});
