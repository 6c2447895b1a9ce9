import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import { addresses } from "../../lib/local/addresses.ts";
import { freeBlock } from "../../lib/local/ports.ts";
import { run } from "../../lib/local/run.ts";
import { synthesize } from "../../lib/local/synthesize.ts";
import { administratorCaller } from "./company.ts";
import { type Mail, product, until } from "./product.ts";

type EnvironmentProperty = { readonly Variables: Record<string, string> };
const email = "reiwa-saburo@example.jp";
let data = "";
let base = 0;
let child: ChildProcess | undefined;
let printed = "";

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "warifu-demo-"));
  base = await freeBlock();
});
afterEach(async () => {
  await kill();
  await rm(data, { recursive: true, force: true });
});

/** The product as `npm start` runs it, with the demo tenant, in a process group of its own. */
function start(): void {
  const words = ["bin/local.ts", "--data", data, "--port-base", String(base)];
  child = spawn(process.execPath, words, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  printed = "";
  for (const output of [child.stdout, child.stderr]) output?.on("data", (part: Buffer) => (printed += part.toString()));
}

/** `kill -9` of everything that it started. */
async function kill(): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await gone;
}

/** Waits for something that the start does, which fails with its output when it ends before. */
const reached = (what: string, look: () => boolean | Promise<boolean>): Promise<boolean> =>
  until(
    what,
    async () => {
      if (child?.exitCode !== null) throw new Error(`the start ended before ${what}:\n${printed}`);
      return look();
    },
    120,
  );
async function mails(): Promise<number> {
  try {
    const response = await fetch(`${addresses(base).mailUrl}messages?to=${encodeURIComponent(email)}`);
    return ((await response.json()) as readonly Mail[]).length;
  } catch {
    // Not listening yet.
    return 0;
  }
}

const moments: readonly (readonly [string, () => boolean | Promise<boolean>])[] = [
  ["the functions", () => /^ {2}functions/m.test(printed)],
  ["the first mail", async () => (await mails()) >= 1],
  ["the second mail", async () => (await mails()) >= 2],
  ["the password's file", () => existsSync(join(data, "admin.p12.password"))],
  ["the certificate's file", () => existsSync(join(data, "admin.p12"))],
];

describe("npm start", () => {
  it("says ready when the repository's page and the certificates and CRLs of all authorities are served", async () => {
    start();
    await reached("the ready line", () => /^ready/m.test(printed));
    const { repositoryUrl } = addresses(base);
    const files = ["root", "subscribers", "administrators"].flatMap((name) => [`ca/${name}.crt`, `crl/${name}.crl`]);
    const served = await Promise.all(["", ...files].map(async (path) => (await fetch(repositoryUrl + path)).status));
    expect(served).toEqual([200, 200, 200, 200, 200, 200, 200]);
  }, 180_000);
});

describe("making the demo tenant", () => {
  it("is gone on with after kill -9 at any moment, and ends with one administrator who can sign in", async () => {
    for (const [moment, look] of moments) {
      start();
      await reached(moment, look);
      await kill();
    }
    start();
    await reached("the ready line", () => /^ready/m.test(printed));

    const endpoints = JSON.parse(await readFile(join(data, "endpoints.json"), "utf8")) as Endpoints;
    const at = product(endpoints);
    const tenants = await at.operator<{ tenantId: string }[]>("tenant list");
    expect(tenants).toHaveLength(1);
    const tenant = tenants[0]?.tenantId ?? "";
    const people = await at.operator<{ email: string }[]>("administrator list", { tenant });
    expect(people).toEqual([expect.objectContaining({ email })]);
    const { services } = await at.operator<{ services: object[] }>("tenant show", { tenant });
    expect(services).toHaveLength(1);
    const { p12 = "", password = "" } = endpoints.admin ?? {};
    const tls = { ca: at.serverCa, pfx: await readFile(p12), passphrase: password };
    const listed = await administratorCaller(at, tls)("listServices");
    expect(listed.services).toHaveLength(1);
  }, 300_000);

  it("stops the start with the function and its error, and does not wait for a mail that cannot come", async () => {
    const { assembly, release } = await synthesize(() => {});
    try {
      const Resources = structuredClone(assembly.template.Resources);
      const environment = Resources["AdministratorsIssuerFunction"]?.Properties["Environment"] as
        | EnvironmentProperty
        | undefined;
      if (!environment) throw new Error("the issuer has no environment");
      environment.Variables["SEALING_KEY"] = "arn:aws:kms:ap-northeast-1:000000000000:key/none";
      const begun = Date.now();
      await expect(
        run({
          dataDirectory: data,
          portBase: base,
          assembly: { ...assembly, template: { ...assembly.template, Resources } },
        }),
      ).rejects.toThrow(
        /^The demo administrator's certificate cannot be made: AdministratorsIssuerFunction: .* — see logs\/AdministratorsIssuerFunction\.log in the data folder: NotFoundException: /,
      );
      expect(Date.now() - begun).toBeLessThan(60_000);
    } finally {
      release();
    }
  }, 120_000);
});
