/** `npm run bench`: the figures that this product promises, measured on this machine; a table, and bench.json. */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { Figure } from "./figure.ts";
import { keyGeneration } from "./key-generation.ts";
import { registrations } from "./registrations.ts";
import { sizes } from "./sizes.ts";
import { starts } from "./starts.ts";

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const figures: Figure[] = [];
for (const measure of [starts, sizes, keyGeneration, registrations]) figures.push(...(await measure()));

console.log(`\n${machine}\n`);
const width = Math.max(...figures.map(({ name }) => name.length));
for (const { name, value, unit, limit } of figures) {
  const verdict = limit === undefined ? "" : value <= limit ? `  (≤ ${limit}: reached)` : `  (≤ ${limit}: NOT reached)`;
  console.log(`${name.padEnd(width)}  ${value.toFixed(2).padStart(10)} ${unit}${verdict}`);
}
writeFileSync("bench.json", `${JSON.stringify({ machine, at: new Date().toISOString(), figures }, null, 2)}\n`);
