import { readdirSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { environments } from "../../lambdas/environment.ts";
import { type Figure, median } from "./figure.ts";

const files = (folder: string): readonly Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
const kilobytes = (octets: number) => octets / 1000;
const zipped = (folder: string) =>
  kilobytes(files(folder).reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0));

/** CPU in ms that a new process takes to import the bundle, as a cold start does. */
function importTime(entry: keyof typeof environments): number {
  const url = resolve(`build/lambdas/${entry}/index.mjs`);
  const script = `const before = process.cpuUsage(); await import(${JSON.stringify(url)}); const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000);`;
  const names = Object.fromEntries(environments[entry].map((name) => [name, "http://127.0.0.1/"]));
  const env = {
    PATH: process.env["PATH"],
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "s",
  };
  const once = () => {
    const ran = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...env, ...names },
    });
    if (ran.status !== 0) throw new Error(`${entry} cannot be imported: ${ran.stderr}`);
    return Number(ran.stdout);
  };
  return median(Array.from({ length: 7 }, once));
}

/** What is deployed and what a phone loads. */
export async function sizes(): Promise<readonly Figure[]> {
  const bundle = (entry: string) => kilobytes(readFileSync(`build/lambdas/${entry}/index.mjs`).length);
  return [
    { name: "admin API bundle, minified", value: bundle("admin-api"), unit: "kB", limit: 750 },
    { name: "… CPU of its import, median", value: importTime("admin-api"), unit: "ms", limit: 150 },
    { name: "download API bundle, minified", value: bundle("download-api"), unit: "kB", limit: 750 },
    { name: "download site, everything, gzip", value: zipped("build/site/download"), unit: "kB", limit: 40 },
    { name: "admin site, everything, gzip", value: zipped("build/site/admin"), unit: "kB" },
  ];
}
