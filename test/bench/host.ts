/** The product in a process of its own, so that its CPU is counted apart from the measuring client's. */
import { run } from "../../lib/local/run.ts";
import { threadPoolCpu } from "./thread-pool.ts";

const [dataDirectory] = process.argv.slice(2);
if (dataDirectory === undefined || process.send === undefined) throw new Error("started by the benchmark alone");
const running = await run({ dataDirectory, portBase: 0, empty: true, report: (line) => console.error(line) });
let before = 0;
process.on("message", (message) => {
  void (async () => {
    if (message === "reset") {
      await running.resetMeter();
      before = threadPoolCpu();
      process.send?.({ reset: true });
    }
    if (message === "meter")
      process.send?.({ meter: { ...(await running.meter()), threadPool: threadPoolCpu() - before } });
    if (message === "stop") {
      await running.stop();
      process.disconnect();
    }
  })();
});
process.send({ endpoints: running.endpoints });
