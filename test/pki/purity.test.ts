import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../lambdas/pki/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const sourceOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");

describe("the PKI folder", () => {
  it.each(files)("%s imports only its own folder, node:crypto and node:util", (file) => {
    const imported = [...sourceOf(file).matchAll(/(?:from|import)\s+"([^"]+)"/g)].map(([, name]) => name ?? "");
    for (const name of imported) {
      const own = name.startsWith(".") && new URL(name, new URL(file, folder)).href.startsWith(folder.href);
      expect(own || /^node:(crypto|util)$/.test(name), `${file} imports ${name}`).toBe(true);
    }
  });

  it.each(files)("%s reads neither clock nor environment nor Math.random", (file) => {
    expect(sourceOf(file)).not.toMatch(/Date\.now|new Date\(\)|performance\.now|process\.env|Math\.random/);
  });
});
