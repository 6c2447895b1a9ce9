import { shiftClock } from "./clock.ts";
import { serveAws } from "./server.ts";
import type { ChildReport, ChildStart, Grant } from "./child.ts";

// The process of the AWS services. Its parent sends the configuration as the first message, not on the command line,
// where other users could read the secret. It ends when the parent ends.

const report = (message: ChildReport): void => void process.send?.(message);

const start = async ({ configuration, clockShift }: ChildStart): Promise<void> => {
  shiftClock(clockShift);
  const aws = await serveAws(configuration);
  const end = (): void => void aws.close().finally(() => process.exit());
  if (!process.connected) return end();
  process.once("disconnect", end);
  process.on("message", ({ roles, tags }: Grant) => {
    aws.grant(roles, tags);
    report({ granted: true });
  });
  report({ urls: aws.urls });
};

process.once("message", (message: ChildStart) => {
  start(message).catch((failure: unknown) => {
    report({ failure: failure instanceof Error ? failure.message : String(failure) });
    process.exitCode = 1;
    process.disconnect();
  });
});

// A signal to the process group also reaches the parent, which uses the services while it stops and then disconnects.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => {
  if (process.connected) process.disconnect();
});
