/** Fails if package-lock.json was made for other dependencies than package.json names: npm would add what no hash covers. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
const wanted = read("package.json");
const locked = read("package-lock.json").packages[""];
const differing = ["dependencies", "devDependencies", "optionalDependencies"].filter(
  (kind) => !isDeepStrictEqual(wanted[kind] ?? {}, locked[kind] ?? {}),
);
if (differing.length > 0) {
  console.error(
    `package.json and package-lock.json differ in ${differing.join(", ")}. Run npm install and commit both.`,
  );
  process.exit(1);
}
