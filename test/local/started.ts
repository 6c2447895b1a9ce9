import { onTestFinished } from "vitest";
import { clientsFor } from "../../lib/local/clients.ts";
import type { Clients } from "../../lib/local/resources/provider.ts";
import { run, type Running } from "../../lib/local/run.ts";
import type { Assembly } from "../../lib/local/template.ts";

export type Started = Running & { readonly clients: Clients; readonly reports: readonly string[] };

/** Runs an assembly on the folder's own data until the end of the test, or until stopped before. */
export async function started(folder: string, assembly: Assembly): Promise<Started> {
  const reports: string[] = [];
  const running = await run({
    dataDirectory: `${folder}/data`,
    portBase: 0,
    empty: true,
    assembly,
    report: (line) => reports.push(line),
  });
  const { region, credentials, endpoints } = running.endpoints.aws;
  const clients = clientsFor({ region, credentials, urls: endpoints });
  onTestFinished(async () => {
    clients.close();
    await running.stop();
  });
  return { ...running, clients, reports };
}
