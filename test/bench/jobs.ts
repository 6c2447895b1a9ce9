import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKey } from "../../lambdas/pki/keys.ts";
import type { MeterReading } from "../../lib/local/metering.ts";
import { type Call, importFile } from "../../lib/operator/import-file.ts";
import { type Company, companyAt, unique } from "../system/company.ts";
import { ended, people, upload } from "../system/import-files.ts";
import { type Product, product, until } from "../system/product.ts";
import type { Figure } from "./figure.ts";
import { type Hosted, hosted, type HostReading } from "./hosted.ts";
import { askingCpu, keyCpu } from "./key-generation.ts";
import { priceOf } from "./price.ts";
import { quiet } from "./quiet.ts";

const milliseconds = ({ user, system }: { user: number; system: number }) => (user + system) / 1000;

/** Bare key pairs a second with both cores at work, as many side by side as the thread pool takes. */
async function bareRate(count: number): Promise<number> {
  const began = performance.now();
  let left = count;
  const worker = async () => {
    while (left-- > 0) await generateKey("rsa2048");
  };
  await Promise.all([worker(), worker()]);
  return count / ((performance.now() - began) / 1000);
}

async function job(by: Company, rows: number): Promise<number> {
  const began = performance.now();
  // As often as the page looks.
  const { job: shown } = await ended(by, await upload(by, "register", people(rows).csv), 1200, 2000);
  if (shown.done !== rows) throw new Error(`of ${rows} rows ${shown.done} were done`);
  return (performance.now() - began) / 1000;
}

/** Files of many rows: how much of the CPU is key generation, what a row costs, and whether small jobs wait. */
export async function jobs(): Promise<readonly Figure[]> {
  // While nothing else runs: the product's own threads would share the cores.
  const bare = await keyCpu("rsa2048", 150);
  const rate = await bareRate(150);
  const asking = await askingCpu(15);
  const host = await hosted();
  const at = product(host.endpoints);
  try {
    const [rsa, p256, small] = [
      await companyAt(at, { key: "rsa2048", licences: "1000000" }),
      await companyAt(at, { key: "p256", licences: "1000000" }),
      await companyAt(at, { key: "p256", licences: "1000000" }),
    ];
    // A file ends when its certificates are issued; its mails follow, and belong to what is measured.
    const measured = async (by: Company): Promise<{ readonly seconds: number; readonly meter: HostReading }> => {
      await host.reset();
      const seconds = await job(by, 1000);
      await quiet(host.endpoints);
      return { seconds, meter: await host.meter() };
    };
    await measured(p256);
    const { meter } = await measured(p256);
    // Last, because it stands for a file of 10,000 rows, of which the most find the functions warm.
    const { seconds, meter: rsaMeter } = await measured(rsa);
    const sum = (of: MeterReading, unit: string) =>
      Object.values(of.calls).reduce((total, call) => total + (call[unit] ?? 0), 0) / 1000;
    const key = rsaMeter.threadPool / 1000 + asking;
    const row = milliseconds(rsaMeter.functionsCpu) / 1000;
    return [
      {
        name: "key generation's share of the functions' CPU, 1,000 rows with RSA-2048, mails included",
        value: (100 * key) / row,
        unit: "%",
      },
      { name: "… CPU of a key pair there, in the thread pool", value: rsaMeter.threadPool / 1000, unit: "ms" },
      { name: "… of the thread that asks for it, measured bare", value: asking, unit: "ms" },
      { name: "… of a bare one before, both", value: bare, unit: "ms" },
      { name: "… the functions' CPU per row beside it", value: row - key, unit: "ms" },
      { name: "rows with RSA-2048 issued", value: 1000 / seconds, unit: "per s" },
      { name: "… bare key pairs", value: rate, unit: "per s" },
      { name: "… of the bare key pairs' rate", value: (100 * 1000) / seconds / rate, unit: "%", least: 75 },
      {
        name: "functions' CPU per row with P-256, mails included",
        value: milliseconds(meter.functionsCpu) / 1000,
        unit: "ms",
        limit: 8,
      },
      { name: "services' CPU per row", value: milliseconds(meter.servicesCpu) / 1000, unit: "ms" },
      { name: "AWS calls per row", value: sum(meter, "calls"), unit: "calls" },
      { name: "DynamoDB write units per row", value: sum(meter, "write"), unit: "units" },
      { name: "DynamoDB read units per row", value: sum(meter, "read"), unit: "units" },
      { name: "AWS price of these calls per 1,000 certificates", value: priceOf(meter.calls), unit: "USD" },
      ...(await lookUps(host, at, p256)),
      await fairness(p256, small),
    ];
  } finally {
    await host.stop();
  }
}

/** What a file of 10,000 new people asks of the registry before it is accepted; only checked, so that nothing else reads. */
async function lookUps(host: Hosted, at: Product, by: Company): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "warifu-bench-"));
  try {
    const file = join(folder, "people.csv");
    await writeFile(file, people(10_000).csv);
    const call: Call = async (command, options) => {
      const answer = await at.ask(command.join(" "), options);
      // What announcing the file has read is not its check's.
      if (command.join(" ") === "import") await host.reset();
      return answer;
    };
    const answer = await importFile(call, {
      tenant: by.tenantId,
      service: by.serviceId,
      operation: "register",
      file,
      "dry-run": true,
    });
    const { calls } = await host.meter();
    const { state, rows } = { state: "", rows: 0, ...("result" in answer ? (answer.result as object) : {}) };
    if (state !== "accepted" || rows !== 10_000) throw new Error(`10,000 new people: ${JSON.stringify(answer)}`);
    const { calls: asked = 0, read = 0 } = calls["dynamodb.BatchGetItem"] ?? {};
    // A look-up of somebody unknown is one unit. The other units are what the file itself reads, each in its own turn.
    const others = read - 10_000;
    return [
      {
        name: "registry look-ups of a file of 10,000 new people (BatchGetItem)",
        value: asked - others,
        unit: "calls",
        limit: 100,
      },
      { name: "… read units, with what the file itself reads", value: read, unit: "units" },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows of a large file that are done between the acceptance of another company's one-row file and its end. */
async function fairness(large: Company, small: Company): Promise<Figure> {
  const largeJob = await upload(large, "register", people(5000).csv);
  const done = async () => (await large.call("getImport", { params: { jobId: largeJob } })).job.done;
  await until("the large file to run", async () => (await done()) > 100, 300);
  const jobId = await upload(small, "register", people(1, unique()).csv);
  await until("the small file to be accepted", async () => {
    const { job: shown } = await small.call("getImport", { params: { jobId } });
    return shown.state !== "uploading" && shown.state !== "checking";
  });
  const before = await done();
  await ended(small, jobId, 300);
  // The template's: 10 issuers at most, 10 messages a batch.
  return {
    name: "rows of a 5,000-row file done while a one-row file goes through",
    value: (await done()) - before,
    unit: "rows",
    limit: 2 * 10 * 10,
  };
}
