import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStateFile } from "../../lib/local/state.ts";
import { temporaryFolder } from "./assembly.ts";

describe("opening state.json", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, "state.json");
  });
  afterEach(() => folder[Symbol.dispose]());

  it("finds what was changed before", () => {
    const first = openStateFile(folder.path, { demo: "wanted" });
    first.change((state) => (state.portBase = 19_000));
    const again = openStateFile(folder.path);
    expect([first.fresh, again.fresh]).toEqual([true, false]);
    expect(again.state).toEqual(first.state);
  });

  it("names the file and the remedy if it is cut off", () => {
    openStateFile(folder.path);
    const content = readFileSync(path, "utf8");
    writeFileSync(path, content.slice(0, content.length / 2));
    expect(() => openStateFile(folder.path)).toThrow(
      new RegExp(
        `^${path} is damaged \\(.*JSON.*\\); restore it from a backup of the folder, or start with another --data`,
      ),
    );
  });

  it("is refused if it is of an earlier version, with the remedy", () => {
    openStateFile(folder.path).change((state) => Object.assign(state, { version: 1 }));
    expect(() => openStateFile(folder.path)).toThrow(`${path} is of an earlier version`);
  });

  it("names the file and the remedy if it is of another version", () => {
    openStateFile(folder.path).change((state) => Object.assign(state, { version: 99 }));
    expect(() => openStateFile(folder.path)).toThrow(`${path} is damaged or of another version; restore it`);
  });
});
