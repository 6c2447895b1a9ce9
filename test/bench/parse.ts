/** A worker with 256 MB, as the importer has: reads a file's bytes and checks every rule; answers its own CPU. */
import { parentPort, workerData } from "node:worker_threads";
import { importLayouts, isTemplateHeader } from "../../lambdas/contract/import-layouts.ts";
import { decode } from "../../lambdas/imports/files/decode.ts";
import { recordsOf } from "../../lambdas/imports/files/records.ts";
import { registerRows } from "../../lambdas/imports/files/rows.ts";

const { bytes, service } = workerData as { bytes: Uint8Array; service: Parameters<typeof registerRows>[1]["service"] };
const before = process.cpuUsage();
const records = recordsOf(decode(bytes), (cells) => isTemplateHeader(importLayouts.register, cells));
const checked = registerRows(records, { service, now: new Date(), authorityEnd: new Date("2036-01-01T00:00:00Z") });
const { user, system } = process.cpuUsage(before);
parentPort?.postMessage({ rows: "rows" in checked ? checked.rows.length : 0, seconds: (user + system) / 1e6 });
