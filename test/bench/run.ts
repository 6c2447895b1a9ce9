/** `npm run bench`: the figures that this product promises, measured on this machine; a table, and bench.json. Names of parts measure these alone. */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { crl } from "./crl.ts";
import type { Figure } from "./figure.ts";
import { files } from "./files.ts";
import { longCrl } from "./long-crl.ts";
import { jobs } from "./jobs.ts";
import { keyGeneration } from "./key-generation.ts";
import { midnightAtScale } from "./midnight.ts";
import { others } from "./others.ts";
import { publication } from "./publication.ts";
import { registrations } from "./registrations.ts";
import { searches } from "./searches.ts";
import { sizes } from "./sizes.ts";
import { starts } from "./starts.ts";

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const parts = [
  starts,
  sizes,
  keyGeneration,
  others,
  registrations,
  files,
  crl,
  longCrl,
  jobs,
  publication,
  midnightAtScale,
  searches,
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(", ")}; there are ${parts.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const measure of parts.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`measuring ${measure.name}…`);
  const found = await measure();
  figures.push(...found);
  // Printed now, so that a later part that fails does not hide it.
  for (const { name, value, unit } of found) console.log(`  ${name}: ${value.toFixed(2)} ${unit}`);
}

console.log(`\n${machine}\n`);
const width = Math.max(...figures.map(({ name }) => name.length));
for (const { name, value, unit, limit, least } of figures) {
  const bounds = [
    ...(limit === undefined ? [] : [`≤ ${limit}: ${value <= limit ? "reached" : "NOT reached"}`]),
    ...(least === undefined ? [] : [`≥ ${least}: ${value >= least ? "reached" : "NOT reached"}`]),
  ];
  const verdict = bounds.length === 0 ? "" : `  (${bounds.join(", ")})`;
  console.log(`${name.padEnd(width)}  ${value.toFixed(2).padStart(10)} ${unit}${verdict}`);
}
writeFileSync("bench.json", `${JSON.stringify({ machine, at: new Date().toISOString(), figures }, null, 2)}\n`);
