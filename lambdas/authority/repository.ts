/** How the repository's files are served. CRLs are cached for half a minute, so that a revocation is seen within one. */
export const crlHeaders = { type: "application/pkix-crl", cache: "public, max-age=30" } as const;
export const certificateHeaders = { type: "application/pkix-cert", cache: "public, max-age=3600" } as const;
export const pageHeaders = { type: "text/html; charset=utf-8", cache: "public, max-age=300" } as const;
export const pemHeaders = { type: "application/x-pem-file" } as const;
