import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { startAws } from "./aws/child.ts";
import { denialsIn } from "./aws/iam/denials.ts";
import { principals } from "./aws/iam/principals.ts";
import { clockShift, settleClock, shiftClock } from "./clock.ts";
import { serverCertificates } from "./certificates.ts";
import { clientsFor } from "./clients.ts";
import { polledQueues } from "./polled-queues.ts";
import { planSchedules, planSources } from "./consumers.ts";
import { adminFile, makeDemo } from "./demo.ts";
import { writeEndpoints, type Endpoints } from "./endpoints.ts";
import { startServers } from "./servers.ts";
import { lambdaEnvironment } from "./lambda-environment.ts";
import { lockFolder } from "./lock.ts";
import { readMeter, type MeterReading } from "./metering.ts";
import { account, addresses, defaultPortBase, hosts, parametersFor, region } from "./addresses.ts";
import { assertFree, freeBlock, offsets } from "./ports.ts";
import { roleGranter } from "./roles.ts";
import { isCustom, provisioned } from "./resources/kinds.ts";
import { runSchedules } from "./schedules.ts";
import { runSource } from "./sources.ts";
import { applyTemplate, type Stack } from "./stack.ts";
import { openStateFile, type StateFile } from "./state.ts";
import { synthesize } from "./synthesize.ts";
import type { Assembly } from "./template.ts";

export type RunOptions = {
  /** Created if absent; holds all data of the run. */
  readonly dataDirectory: string;
  /** First of the block of ports; 0 for any free block. Kept in the folder. Default: the folder's, else 18000. */
  readonly portBase?: number;
  /** Where the clock of everything that runs here stands at the start. Kept in the folder. Default: the folder's, else the system's. */
  readonly clock?: Date;
  /** Makes no demo tenant. */
  readonly empty?: boolean;
  /** Default: synthesized from the sources. */
  readonly assembly?: Assembly;
  /** Receives a line for each failure while running: a crashed thread, a failed poll. */
  readonly report?: (line: string) => void;
  /** Receives a line for each completed step of the start. */
  readonly progress?: (line: string) => void;
  /** Called if the services' process ends: nothing works without it. */
  readonly servicesEnded?: (reason: string) => void;
};

/** A stack that runs. */
export type Running = {
  readonly endpoints: Endpoints;
  /** Absolute path of endpoints.json. */
  readonly endpointsPath: string;
  /** Notes for people: renewed certificates, changed ports. */
  readonly notes: readonly string[];
  /** Calls of the services and CPU of both processes since the last reset. */
  meter(): Promise<MeterReading>;
  resetMeter(): Promise<void>;
  /** Ends everything in order; accepted messages stay in their queues. */
  stop(): Promise<void>;
};

/** Milliseconds that running calls have to finish at the end. */
const grace = 5_000;

/** Physical names of the resources that other programs may use. */
function withLogicalId(stack: Stack): Endpoints["resources"] {
  const found = [...stack.resources.values()].filter(
    ({ type }) => type in provisioned || type === "AWS::Lambda::Function" || isCustom(type),
  );
  return Object.fromEntries(found.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
}

/** Chooses the ports and saves them in the data folder. Throws PortTaken. */
async function settlePorts(
  stateFile: StateFile,
  given: number | undefined,
): Promise<{ base: number; note: string | undefined }> {
  const former = stateFile.state.portBase;
  const base = (given || former) ?? (given === 0 ? await freeBlock() : defaultPortBase);
  await assertFree(base);
  if (former !== base) stateFile.change((state) => (state.portBase = base));
  const moved = former !== undefined && former !== base;
  const note = `The ports moved from ${former} to ${base}: certificates made before still name ${addresses(former ?? base).repositoryUrl} for their CRL.`;
  return { base, note: moved ? note : undefined };
}

/** Runs the stack on this machine until `stop`. If it cannot start, it stops what it started and throws with the reason and the remedy. */
export async function run(options: RunOptions): Promise<Running> {
  const { report = () => {}, progress = () => {}, empty = false } = options;
  const dataDirectory = resolve(options.dataDirectory);
  const undo: (() => unknown)[] = [];
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    for (const step of undo.splice(0).toReversed()) {
      try {
        await step();
      } catch (error) {
        // The other steps still run.
        report(`while stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  /** Lines reported while starting. */
  const reported: string[] = [];
  let starting = true;
  const reportUnlessStopping = (line: string): void => {
    if (starting) reported.push(line);
    if (!stopping) report(line);
  };

  try {
    const { assembly, release } = options.assembly
      ? { assembly: options.assembly, release: () => {} }
      : await synthesize(progress);
    undo.push(release);
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    const lock = lockFolder(dataDirectory);
    undo.push(() => lock.release());
    const stateFile = openStateFile(dataDirectory, { demo: empty ? "unwanted" : "wanted" });
    shiftClock(settleClock(stateFile, options.clock));
    undo.push(() => shiftClock(0));
    const notes: string[] = [];
    if (clockShift() !== 0)
      notes.push(
        `The clock of this data folder is not the system's: it stands at ${new Date().toISOString()} and goes on from there, also at the next start.`,
      );

    const { base, note } = await settlePorts(stateFile, options.portBase);
    if (note) notes.push(note);
    const port = (part: keyof typeof offsets): number => base + offsets[part];

    const certificates = await serverCertificates(dataDirectory, hosts, assembly.stack);
    if (certificates.renewed)
      notes.push(
        "The server certificates were about to end or did not fit and were made again: import the new server CA (below) and remove the old one.",
      );

    const { credentials } = stateFile.state;
    const ports = {
      dynamodb: port("dynamodb"),
      s3: port("s3"),
      sqs: port("sqs"),
      kms: port("kms"),
      ses: port("ses"),
      sts: port("sts"),
    };
    const aws = await startAws({
      dataDirectory: join(dataDirectory, "aws"),
      credentials,
      region,
      ports,
      mailboxPort: port("mailbox"),
    });
    undo.push(() => aws.close());
    void aws.ended.then((code) => {
      if (!stopping)
        options.servicesEnded?.(
          `the process of the local AWS services ended (${code === null ? "killed" : `exit code ${code}`})`,
        );
    });
    progress("services");

    const clients = clientsFor({ region, credentials, urls: aws.urls });
    undo.push(() => clients.close());
    const environment = lambdaEnvironment(credentials, { ...aws.urls, lambda: `http://127.0.0.1:${port("lambda")}` });

    const invokers = principals(denialsIn(join(dataDirectory, "aws")));
    const stack = await applyTemplate(assembly, {
      clients,
      stateFile,
      functions: { region, account, assets: assembly.assets, environment, cores: availableParallelism() },
      grantRole: roleGranter(credentials, [
        (grant) => aws.grant(grant),
        ({ roles, tags }) => invokers.change(roles, tags),
      ]),
      parameters: parametersFor(base),
      logs: join(dataDirectory, "logs"),
      report: reportUnlessStopping,
      progress,
    });
    const pollers: { stop(): Promise<void> }[] = [];
    // Simultaneously: a poller waits for its function's calls, which end after the grace at the latest.
    undo.push(() => Promise.all([...pollers, ...stack.functions].map((one) => one.stop(grace))));

    const sources = planSources(stack, region);
    const schedules = planSchedules(stack);
    const servers = await startServers(stack, {
      objects: clients.s3,
      certificates,
      credentials,
      principals: invokers,
      invokePort: port("lambda"),
      report: reportUnlessStopping,
    });
    undo.push(() => servers.close());
    // The functions that people wait for.
    await Promise.all(
      stack.functions.filter(({ settings }) => stack.awaited.has(settings.logicalId)).map((one) => one.warm()),
    );
    progress("functions");
    const queues = polledQueues({ url: aws.urls.sqs, credentials, region });
    pollers.push(...sources.map((source) => runSource(source, queues, reportUnlessStopping)));
    const timers = runSchedules(schedules, {
      queues: clients.sqs,
      last: (name) => (stateFile.state.fired[name] === undefined ? undefined : new Date(stateFile.state.fired[name])),
      fired: (name, due) => stateFile.change(({ fired }) => (fired[name] = due.toISOString())),
      report: reportUnlessStopping,
    });
    undo.push(() => timers.stop());

    const endpoints: Endpoints = {
      ...addresses(base),
      serverCaPem: certificates.caPath,
      aws: {
        region,
        credentials,
        endpoints: {
          dynamodb: aws.urls.dynamodb,
          s3: aws.urls.s3,
          sqs: aws.urls.sqs,
          kms: aws.urls.kms,
          ses: aws.urls.ses,
          sts: aws.urls.sts,
          lambda: `http://127.0.0.1:${port("lambda")}`,
        },
      },
      resources: withLogicalId(stack),
      ...(clockShift() === 0 ? {} : { clockShift: clockShift() }),
    };
    if (!empty && stateFile.state.steps["demo"] === "wanted") {
      await makeDemo({ stack, signing: clients.sqs.config, endpoints, stateFile, dataDirectory, reported });
      progress("demo tenant");
    }
    starting = false;
    const admin = adminFile(dataDirectory);
    const complete = admin ? { ...endpoints, admin } : endpoints;
    return {
      endpoints: complete,
      endpointsPath: writeEndpoints(dataDirectory, complete),
      notes,
      ...readMeter(aws.urls.sqs),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
