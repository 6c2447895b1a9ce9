/** A worker with 256 MB, as the importer has: reads a file's bytes and checks every rule; answers its own CPU. */
import { parentPort, workerData } from "node:worker_threads";
import { importLayoutOf } from "../../lambdas/contract/import-layouts.ts";
import { readFile } from "../../lambdas/imports/files/read-file.ts";
import { registerRows } from "../../lambdas/imports/files/register-rows.ts";
import { finished } from "../../lambdas/imports/files/rows.ts";

const { bytes, service } = workerData as { bytes: Uint8Array; service: Parameters<typeof registerRows>[2]["service"] };
const layout = importLayoutOf.register(service.options);
const before = process.cpuUsage();
const { records } = readFile(bytes, layout);
const facts = { service, now: new Date(), authorityEnd: new Date("2036-01-01T00:00:00Z") };
const checked = finished(registerRows(layout, records, facts));
const { user, system } = process.cpuUsage(before);
parentPort?.postMessage({
  rows: checked.errors.length === 0 ? checked.rows.length : 0,
  seconds: (user + system) / 1e6,
});
