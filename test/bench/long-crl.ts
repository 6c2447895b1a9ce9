import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { lambdaEnvironment } from "../../lib/local/lambda-environment.ts";
import type { Figure } from "./figure.ts";
import { type Hosted, hosted } from "./hosted.ts";
import { fillLedger } from "./ledger.ts";
import type { PublisherReading, PublisherSettings } from "./publisher.ts";

const entries = 1_000_000;

/**
 * A CRL of a million entries, read from the ledger, built, checked, put, read back, and written into the servers' file and
 * the page, by a publisher that is a process of its own: once from the whole ledger, once with a few new revocations.
 */
export async function longCrl(): Promise<readonly Figure[]> {
  const host = await hosted();
  try {
    const { endpoints } = host;
    await fillLedger(endpoints, entries);
    const publish = publisherOn(endpoints);
    try {
      const whole = await publish.once("hourly");
      await fillLedger(endpoints, 100);
      const newest = await publish.once("revocation");
      const listed = await fetch(`${endpoints.repositoryUrl}crl/subscribers.crl`);
      const { count } = readCrl(new Uint8Array(await listed.arrayBuffer())).entries;
      if (count < entries + 100) throw new Error(`the CRL has ${count} entries`);
      const of = "a CRL of 1,000,000 entries";
      return [
        { name: `publication of ${of} from the whole ledger`, value: whole.seconds, unit: "s", limit: 60 },
        { name: `publication of ${of} with 100 new ones`, value: newest.seconds, unit: "s", limit: 15 },
        { name: `CPU of the publisher for ${of} from the whole ledger`, value: whole.cpu, unit: "s" },
        { name: `CPU of the publisher for ${of} with 100 new ones`, value: newest.cpu, unit: "s" },
        { name: `peak memory of the publisher of ${of}`, value: newest.peak, unit: "MB", limit: 1769 },
      ];
    } finally {
      publish.stop();
    }
  } finally {
    await host.stop();
  }
}

function publisherOn({ aws, resources }: Hosted["endpoints"]) {
  const of = (name: string): string => {
    const id = resources[name];
    if (id === undefined) throw new Error(`the stack has no ${name}`);
    return id;
  };
  const settings: PublisherSettings = {
    key: of("SubscribersKey"),
    LEDGER_TABLE: of("LedgerTable"),
    AUTHORITIES_TABLE: of("AuthoritiesTable"),
    REPOSITORY_BUCKET: of("RepositoryBucket"),
    CRL_LIFETIME_HOURS: "24",
    BRAND: "割符",
  };
  const env = lambdaEnvironment(aws.credentials, { ...aws.endpoints, lambda: "" });
  const child = fork(join(import.meta.dirname, "publisher.ts"), [JSON.stringify(settings)], {
    env: { ...process.env, ...env },
    // What a function of 1,769 MB has.
    execArgv: ["--max-old-space-size=1592"],
  });
  return {
    once: async (reason: string): Promise<PublisherReading> => {
      child.send(reason);
      const [answer] = (await Promise.race([
        once(child, "message"),
        once(child, "exit").then(([code]) => Promise.reject(new Error(`the publisher ended with ${code}`))),
      ])) as [PublisherReading];
      return answer;
    },
    stop: () => child.kill(),
  };
}
