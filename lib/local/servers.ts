import type { Server } from "node:net";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Principals } from "./aws/iam/principals.ts";
import type { ServerCertificates } from "./certificates.ts";
import { trustStoreOf } from "./gateway/client-certificate.ts";
import { planApis, type PlannedApi } from "./gateway/plan.ts";
import { gateway } from "./gateway/server.ts";
import { invokeServer } from "./invoke.ts";
import { account, region } from "./addresses.ts";
import { listen } from "./ports.ts";
import { distribution, planDistributions } from "./repository.ts";
import type { Stack } from "./stack.ts";
import type { StateFile } from "./state.ts";

/** The listening servers of a stack. */
export type Servers = { close(): Promise<void> };

export type ServersContext = {
  readonly objects: S3Client;
  readonly certificates: ServerCertificates;
  readonly credentials: StateFile["state"]["credentials"];
  /** Who may invoke functions. */
  readonly principals: Principals;
  readonly invokePort: number;
  readonly report: (line: string) => void;
};

/** The trust store in the version that the domain names; a newer version takes effect with the next deployment. */
async function trustOf({ mutualTls, host }: PlannedApi, objects: S3Client) {
  if (!mutualTls) return undefined;
  const { bucket: Bucket, key: Key, version } = mutualTls;
  const { Body } = await objects.send(
    new GetObjectCommand({ Bucket, Key, ...(version === undefined ? {} : { VersionId: version }) }),
  );
  const pem = (await Body?.transformToString()) ?? "";
  try {
    return { pem, store: trustStoreOf(pem) };
  } catch (error) {
    throw new Error(
      `The trust store of ${host}, s3://${Bucket}/${Key}, cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** Milliseconds that running requests have to finish at the end. */
const grace = 2_000;

const partsOf = (host: string): { name: string; port: number } => {
  const [name = "", port = ""] = host.split(":");
  return { name, port: Number(port) };
};

/** Starts the gateways, the distributions and Invoke. Throws if a port is in use or a resource is not supported. */
export async function startServers(stack: Stack, context: ServersContext): Promise<Servers> {
  const servers: (Server & { closeAllConnections(): void; closeIdleConnections(): void })[] = [];
  const close = async (): Promise<void> => {
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    // Waits for running requests, not for idle connections.
    for (const server of servers) server.closeIdleConnections();
    const timer = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), grace);
    await Promise.all(closed);
    clearTimeout(timer);
  };
  try {
    const apis = planApis(stack);
    const distributions = planDistributions(stack);
    for (const api of apis) {
      const { name, port } = partsOf(api.host);
      const trust = await trustOf(api, context.objects);
      const server = gateway(api, {
        account,
        objects: context.objects,
        server: context.certificates.of(name),
        trust,
        report: context.report,
      });
      servers.push(server);
      await listen(server, port);
    }
    for (const planned of distributions) {
      const server = distribution(planned, context.objects, context.report);
      servers.push(server);
      await listen(server, partsOf(planned.host).port);
    }
    const { credentials, principals } = context;
    const invoke = invokeServer({ credentials, principals, region, functionOf: stack.functionOf });
    servers.push(invoke);
    await listen(invoke, context.invokePort);
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}
