import { renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf, filesBelow } from "../../../lib/build/digest.ts";
import { smallSources } from "./sources.ts";

describe("the digest of sources", () => {
  it("is the same for the same files elsewhere", () => {
    using here = smallSources();
    using there = smallSources();
    expect(digestOf(there.root, ["lambdas", "web"])).toBe(digestOf(here.root, ["lambdas", "web"]));
  });

  it("changes with a content, a name and a place", () => {
    using sources = smallSources();
    const digest = () => digestOf(sources.root, ["web"]);
    const seen = [digest()];
    sources.write("web/download/style.css", "body { margin: 1px }");
    seen.push(digest());
    renameSync(join(sources.root, "web/download/style.css"), join(sources.root, "web/download/styles.css"));
    seen.push(digest());
    renameSync(join(sources.root, "web/download/styles.css"), join(sources.root, "web/styles.css"));
    seen.push(digest());
    expect(new Set(seen).size).toBe(4);
  });

  it("leaves out what is not asked for", () => {
    using sources = smallSources();
    const before = digestOf(sources.root, ["lambdas", "package-lock.json"]);
    sources.write("web/other.ts", "");
    expect(digestOf(sources.root, ["lambdas", "package-lock.json"])).toBe(before);
    expect(filesBelow(sources.root, "package-lock.json")).toEqual(["package-lock.json"]);
  });
});
