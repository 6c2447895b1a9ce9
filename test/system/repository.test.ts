import { describe, expect, it } from "vitest";
import { endpoints, until } from "./system.ts";

const paths = {
  "": "text/html; charset=utf-8",
  "ca/root.crt": "application/pkix-cert",
  "ca/subscribers.crt": "application/pkix-cert",
  "ca/subscribers-chain.pem": "application/x-pem-file",
  "crl/root.crl": "application/pkix-crl",
  "crl/subscribers.crl": "application/pkix-crl",
  "crl/subscribers-all.pem": "application/x-pem-file",
} as const;
const compared = [
  "content-type",
  "content-length",
  "cache-control",
  "last-modified",
  "accept-ranges",
  "x-content-type-options",
];

describe("the repository over plain http", () => {
  it.each(Object.entries(paths))("answers HEAD of /%s as GET, without a body", async (path, type) => {
    const url = endpoints.repositoryUrl + path;
    const got = await until(`/${path}`, async () => {
      const response = await fetch(url);
      return response.ok && response;
    });
    const head = await fetch(url, { method: "HEAD" });
    expect(url).toMatch(/^http:/);
    expect(got.headers.get("content-type")).toBe(type);
    expect(head.status).toBe(got.status);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    for (const name of compared) expect(head.headers.get(name), name).toBe(got.headers.get(name));
  });

  it("answers HEAD as GET where there is nothing, too", async () => {
    const url = `${endpoints.repositoryUrl}ca/nobody.crt`;
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(url, { method: "HEAD" })).status).toBe(404);
  });
});
