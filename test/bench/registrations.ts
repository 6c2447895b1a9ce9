import { Agent } from "node:https";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { administratorCaller, type Company, companyAt, unique, yamada } from "../system/company.ts";
import { type Product, product, until } from "../system/product.ts";
import { type Figure, median } from "./figure.ts";
import { type Hosted, hosted } from "./hosted.ts";
import { keyCpu } from "./key-generation.ts";
import { quiet } from "./quiet.ts";

/** From the request to "issued" with both mails in the mailbox, in ms. */
async function once(at: Product, by: Company): Promise<number> {
  const email = `b-${unique()}@mytest.jp`;
  const began = performance.now();
  const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01") });
  const certificateId = certificates[0]?.certificateId ?? "";
  await until("issued and mailed", async () => {
    const [row, mails] = await Promise.all([by.call("getCertificate", { params: { certificateId } }), at.mails(email)]);
    return row.status === "issued" && mails.length === 2;
  });
  return performance.now() - began;
}

async function alone(count: number): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < count; at++) {
    const began = performance.now();
    await generateKey("rsa2048");
    times.push(performance.now() - began);
  }
  return median(times);
}

type Devices = Parameters<typeof yamada>[1][];

/** What a certificate costs when so many people are registered one after the other; half as many before warm the threads. */
async function costs(
  host: Hosted,
  by: Company,
  people: number,
  devices: Devices,
  title: string,
): Promise<readonly Figure[]> {
  const registered = async (times: number) => {
    for (let round = 0; round < times; round++) {
      await by.call("registerSubscriber", { params: by, body: yamada(`m-${unique()}@mytest.jp`, ...devices) });
    }
    await quiet(host.endpoints);
  };
  await registered(people / 2);
  await host.reset();
  await registered(people);
  const meter = await host.meter();
  const count = people * devices.length;
  const cpu = ({ user, system }: { user: number; system: number }) => (user + system) / 1000 / count;
  const own = await keyCpu("p256", 500);
  const sum = (unit: string) => Object.values(meter.calls).reduce((total, call) => total + (call[unit] ?? 0), 0);
  return [
    {
      name: `function process CPU per certificate beyond key generation, ${title}, mails included`,
      value: cpu(meter.functionsCpu) - own,
      unit: "ms",
      limit: 15,
    },
    { name: "… services' process CPU", value: cpu(meter.servicesCpu), unit: "ms" },
    { name: "… AWS calls, polling included", value: sum("calls") / count, unit: "calls" },
    { name: "… DynamoDB write units", value: sum("write") / count, unit: "units" },
    { name: "… DynamoDB read units", value: sum("read") / count, unit: "units" },
  ];
}

/** Single registrations one after another, and many for the CPU of each. */
export async function registrations(): Promise<readonly Figure[]> {
  const host = await hosted();
  const at = product(host.endpoints);
  // A browser keeps its connection; a handshake for each request would be most of the gateway's work.
  const agent = new Agent({ keepAlive: true });
  try {
    const windows = await companyAt(at, { key: "rsa2048", licences: "100000" });
    await once(at, windows);
    const times: number[] = [];
    for (let run = 0; run < 21; run++) times.push(await once(at, windows));
    const keyMedian = await alone(21);

    const company = await companyAt(at, { key: "p256", licences: "100000" });
    const tls = { ca: at.serverCa, pfx: company.p12, passphrase: company.password };
    const many = { ...company, call: administratorCaller(at, tls, agent) };
    return [
      {
        name: "one Windows certificate (RSA-2048), request to issued and mailed, median",
        value: median(times),
        unit: "ms",
      },
      { name: "… beyond the median bare key generation", value: median(times) - keyMedian, unit: "ms", limit: 2000 },
      ...(await costs(host, many, 800, ["01"], "800 people with one device")),
      ...(await costs(host, many, 200, ["01", "11", "12", "20", "99"], "200 people with five devices")),
    ];
  } finally {
    agent.destroy();
    await host.stop();
  }
}
