/**
 * Chromium's managed policy that answers the question "which client certificate?" for one origin, so that no prompt
 * holds a page up. Several test runs may share the machine: of one policy in two files Chromium obeys one file alone,
 * so all runs keep their origins in the same file and each takes out what it put in.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import type { Program } from "../program.ts";
import { until } from "./product.ts";

const folder = "/etc/chromium/policies/managed";
const path = join(folder, "warifu-tests.json");
const lock = join(folder, ".warifu-tests.lock");
/** Milliseconds after which a lock belongs to nobody: it is held for one small file's sake. */
const stale = 10_000;

/** Whether policies can be written here; used where a test names the program it needs. */
export const writablePolicy: Program = {
  name: `write access to ${folder}`,
  debianPackage: "chromium, and run the tests as root",
  present: writable(folder),
  path: folder,
};

function writable(directory: string): boolean {
  if (!existsSync(directory)) return directory !== dirname(directory) && writable(dirname(directory));
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets Chromium choose the only fitting certificate at this origin (`https://localhost:PORT`) without asking.
 * Returns what takes the rule, and every folder made for it, away again.
 */
export async function chooseCertificatesAt(origin: string): Promise<() => Promise<void>> {
  const { hostname, protocol } = new URL(origin);
  if (protocol !== "https:" || hostname !== "localhost") throw new Error(`${origin} is not an origin of this machine`);
  const made = mkdirSync(folder, { recursive: true });
  const rule = JSON.stringify({ pattern: origin, filter: {} });
  await change(async (rules) => [...(await alive(rules)), rule]);
  return async () => {
    await change(async (rules) => {
      const at = rules.indexOf(rule);
      return rules.filter((_, index) => index !== at);
    });
    if (made !== undefined) removeEmpty(folder, made);
  };
}

/** Rewrites the rules while no other run does; without rules there is no file. */
async function change(next: (rules: readonly string[]) => Promise<readonly string[]>): Promise<void> {
  await until("the other runs to leave Chromium's policy", async () => taken());
  try {
    const rules = existsSync(path)
      ? (JSON.parse(readFileSync(path, "utf8")) as { AutoSelectCertificateForUrls: string[] })
          .AutoSelectCertificateForUrls
      : [];
    const wanted = await next(rules);
    if (wanted.length === 0) rmSync(path, { force: true });
    else {
      writeFileSync(`${path}.new`, JSON.stringify({ AutoSelectCertificateForUrls: wanted }));
      renameSync(`${path}.new`, path);
    }
  } finally {
    rmdirSync(lock);
  }
}

function taken(): boolean {
  try {
    // A run that ends beside this one may have taken the empty folder away, even between these two lines.
    mkdirSync(folder, { recursive: true });
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT") return false;
    if (error.code !== "EEXIST") throw error;
    const held = statSync(lock, { throwIfNoEntry: false });
    if (held !== undefined && Date.now() - held.mtimeMs > stale) rmdirSync(lock);
    return false;
  }
}

/** Rules whose server still listens: a run that was killed cannot take its own away. */
async function alive(rules: readonly string[]): Promise<readonly string[]> {
  const listening = await Promise.all(
    rules.map(async (rule) => answers((JSON.parse(rule) as { pattern: string }).pattern)),
  );
  return rules.filter((_, index) => listening[index]);
}

const answers = (origin: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), "localhost");
    const end = (found: boolean) => () => {
      socket.destroy();
      resolve(found);
    };
    socket.once("connect", end(true)).once("error", end(false));
  });

/** Removes the folders from `from` up to `to` as far as they are empty. */
function removeEmpty(from: string, to: string): void {
  for (let at = from; at.startsWith(to); at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch {
      return;
    }
  }
}
