import type { Site } from "./pages.ts";

/** Every page may load its own scripts and styles and call its own API; it may not be framed, and no form may post. */
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
  // No script may make a policy, which would be a way around.
  "trusted-types": "'none'",
};

const own: Readonly<Record<Site, Readonly<Record<string, string>>>> = {
  // The publisher replaces it by the origin of uploads, which is known only after deployment.
  admin: { "font-src": "'self' data:", "connect-src": "'self' {uploads}" },
  download: {},
};

/** The Content-Security-Policy of a site's page; `{uploads}` is replaced by an origin. */
export function securityPolicyOf(site: Site): string {
  return Object.entries({ ...strict, ...own[site] })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
