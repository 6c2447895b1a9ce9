/**
 * Tests against other people's programs. A program that is absent skips its tests by name, telling what to install; in
 * CI (`CI=true`) it fails them instead.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { it } from "vitest";

/** Where a program is, and the Debian package that brings it. */
export type Program = {
  readonly name: string;
  readonly debianPackage: string;
  readonly present: boolean;
  /** Absolute path when present, else the bare name. */
  readonly path: string;
};

/** Looks a program up on PATH, and in the sbin folders that a user's PATH often lacks. */
export function program(name: string, debianPackage: string): Program {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"].filter(
    (folder) => folder !== "",
  );
  const path = folders.map((folder) => join(folder, name)).find(isExecutable);
  return { name, debianPackage, present: path !== undefined, path: path ?? name };
}

/** Registers a test that needs the program; `timeout` in milliseconds. */
export function itWith(needed: Program, name: string, test: () => void | Promise<void>, timeout?: number): void {
  if (needed.present) {
    it(name, test, timeout);
  } else if (process.env.CI === "true") {
    it(name, () => {
      throw new Error(`${needed.name} is missing: apt-get install ${needed.debianPackage}`);
    });
  } else {
    it.skip(`${name} [skipped: ${needed.name} is missing, apt-get install ${needed.debianPackage}]`, test);
  }
}

/** What a program answered; `text` is standard output and then standard error. */
export type Answer = { readonly status: number | null; readonly text: string };

/** Runs a program to its end, without a shell, in English, with nothing on its standard input. */
export function run(called: Program, ...args: readonly string[]): Answer {
  const { status, stdout, stderr, error } = spawnSync(called.path, args, {
    encoding: "utf8",
    input: "",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
    timeout: 60_000,
    // A long CRL as text is tens of megabytes.
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return { status, text: stdout + stderr };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
