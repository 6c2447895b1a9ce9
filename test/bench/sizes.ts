import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Figure } from "./figure.ts";

const files = (folder: string): readonly Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
const kilobytes = (octets: number) => octets / 1000;
const zipped = (folder: string) =>
  kilobytes(files(folder).reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0));

/** What is deployed and what a phone loads. */
export async function sizes(): Promise<readonly Figure[]> {
  const bundle = (entry: string) => kilobytes(readFileSync(`build/lambdas/${entry}/index.mjs`).length);
  return [
    { name: "admin API bundle, minified", value: bundle("admin-api"), unit: "kB", limit: 450 },
    { name: "download API bundle, minified", value: bundle("download-api"), unit: "kB", limit: 450 },
    { name: "download site, everything, gzip", value: zipped("build/site/download"), unit: "kB", limit: 40 },
    { name: "admin site, everything, gzip", value: zipped("build/site/admin"), unit: "kB" },
  ];
}
