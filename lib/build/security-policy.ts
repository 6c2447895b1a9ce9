import type { Site } from "./pages.ts";

/** What every page gets: its own scripts and styles, its own API, nobody's frame, no form that posts by itself. */
const strict = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  "base-uri": "'none'",
  "require-trusted-types-for": "'script'",
};

const own: Readonly<Record<Site, Readonly<Record<string, string>>>> = {
  // The publisher puts the origin there that files are uploaded to: only it knows the bucket's address.
  admin: { "font-src": "'self' data:", "connect-src": "'self' {uploads}" },
  download: {},
};

/** The Content-Security-Policy of a site's page; `{uploads}` stands for an origin. */
export function securityPolicyOf(site: Site): string {
  return Object.entries({ ...strict, ...own[site] })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
