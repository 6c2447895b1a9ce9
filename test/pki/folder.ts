/** Files for other people's programs, in a folder that goes away with the test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

export type TestFolder = {
  readonly path: string;
  /** Writes a file and gives its path. */
  write(name: string, content: Uint8Array | string): string;
};

/** A new folder, removed after the tests of the calling file. */
export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "warifu-pki-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write: (name, content) => {
      const file = join(path, name);
      writeFileSync(file, content, { mode: 0o600 });
      return file;
    },
  };
}
