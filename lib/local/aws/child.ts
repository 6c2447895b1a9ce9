import { fork } from "node:child_process";
import { once } from "node:events";
import { clockShift } from "./clock.ts";
import type { Role, Tags } from "./iam/principals.ts";
import type { AwsConfiguration, AwsUrls } from "./server.ts";

/** The parent's first message. The child's clock is the parent's. */
export type ChildStart = { readonly configuration: AwsConfiguration; readonly clockShift: number };

/** The child's first message: the addresses, or the reason why it does not start. Then one for each grant. */
export type ChildReport = { readonly urls: AwsUrls } | { readonly failure: string } | { readonly granted: true };

/** Roles that may sign from now on, and tags of resources that their conditions read. */
export type Grant = { readonly roles: readonly Role[]; readonly tags: Tags };

/** The services in a process of their own. */
export type AwsChild = {
  readonly urls: AwsUrls;
  readonly pid: number;
  /** Settles with the exit code (null after a signal) whenever the process ends. */
  readonly ended: Promise<number | null>;
  /** Lets roles sign; resolves when they may. */
  grant(grant: Grant): Promise<void>;
  /** Lets the process finish and waits for its end. */
  close(): Promise<void>;
};

/** Starts the services in a child process; the child ends when this process ends. Throws if a port is in use. */
export const startAws = async (configuration: AwsConfiguration): Promise<AwsChild> => {
  const main = new URL("./main.ts", import.meta.url);
  const child = fork(main, {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  const start: ChildStart = { configuration, clockShift: clockShift() };
  child.send(start);
  const first = await Promise.race([
    once(child, "message").then(([report]: ChildReport[]) => report),
    ended.then((code): ChildReport => ({ failure: `exit code ${code}` })),
  ]);
  if (first === undefined || !("urls" in first) || child.pid === undefined) {
    const reason = first !== undefined && "failure" in first ? first.failure : "no report";
    throw new Error(`The local AWS services do not start: ${reason}`);
  }
  let granting = Promise.resolve();
  return {
    urls: first.urls,
    pid: child.pid,
    ended,
    // One after another, so that each waits for its own answer.
    grant: (grant) => {
      granting = granting.then(async () => {
        const granted = once(child, "message");
        child.send(grant);
        await granted;
      });
      return granting;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
