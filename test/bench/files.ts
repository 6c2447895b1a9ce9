import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Figure, median } from "./figure.ts";

/** So many different people, one device each, as a customer's file has them. */
export const peopleFile = (count: number, domain: string): string =>
  Array.from({ length: count }, (_, at) => {
    const mail = `yamada-${at}@${domain}`;
    return `${mail},山田,太郎,ヤマダ,タロウ,Yamada,Taro,${mail},01`;
  }).join("\r\n");

const service = {
  tenantId: "t",
  serviceId: "s",
  name: "",
  options: [],
  issuing: true,
  licences: 100_000,
  licencesUsed: 0,
  key: "auto",
  pkcs12: "auto",
  validityMonths: 60,
  mailDomains: [],
  subjectOrganizations: [],
  principalSuffixes: [],
} as const;

async function once10000(): Promise<number> {
  const bytes = Buffer.from(peopleFile(10_000, "mytest.jp"));
  const worker = new Worker(new URL("./parse.ts", import.meta.url), {
    workerData: { bytes, service },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const [{ rows, seconds }] = (await once(worker, "message")) as [{ rows: number; seconds: number }];
  if (rows !== 10_000) throw new Error(`of 10,000 good rows ${rows} were read`);
  return seconds;
}

/** Decoding, parsing and every rule of a file, without the registry. */
export async function files(): Promise<readonly Figure[]> {
  const seconds: number[] = [];
  for (let run = 0; run < 5; run++) seconds.push(await once10000());
  return [{ name: "CPU for parsing and rules of 10,000 rows in 256 MB", value: median(seconds), unit: "s", limit: 3 }];
}
