import { run } from "../../lib/local/run.ts";
import { fixtureAssembly } from "./fixture.ts";

// A start in a process of its own, to be killed by the test: its folder, and the trust store, as arguments.
const [folder = "", trustStore = ""] = process.argv.slice(2);
await run({
  dataDirectory: `${folder}/data`,
  portBase: 0,
  empty: true,
  assembly: fixtureAssembly(folder, trustStore),
  progress: (line) => console.log(line),
});
console.log("ready");
