/** A CRL publisher in a process of its own, so that its memory and CPU are counted apart: the function's own handler, called with messages. */
import { publicationHandler } from "../../lambdas/aws/publishing.ts";

export type PublisherSettings = Parameters<typeof publicationHandler>[0] & { readonly key: string };
/** CPU and time in seconds, the peak of the process's memory so far in MB. */
export type PublisherReading = { readonly cpu: number; readonly seconds: number; readonly peak: number };

const { key, ...settings } = JSON.parse(process.argv[2] ?? "") as PublisherSettings;
const handler = publicationHandler(settings, { issuer: "subscribers", key, watched: ["subscribers"] });

process.on("message", (reason) => {
  void (async () => {
    const [before, began] = [process.cpuUsage(), performance.now()];
    const body = JSON.stringify({ issuer: "subscribers", reason });
    const record = { messageId: "one", body, attributes: { ApproximateReceiveCount: "1" } };
    const answer = await handler({ Records: [record] } as never, { functionName: "CrlPublisher" } as never);
    if (answer.batchItemFailures.length > 0) throw new Error("the publication failed");
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - began) / 1000;
    process.send?.({ cpu: (user + system) / 1e6, seconds, peak: process.resourceUsage().maxRSS / 1000 });
  })();
});
