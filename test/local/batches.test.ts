import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { batches, type BatchLimits } from "../../lib/local/batches.ts";
import { assemblyOf, attribute, functionOf, ref, resolveModule, temporaryFolder } from "./assembly.ts";
import { started } from "./started.ts";

const lines = (count: number, size = 1): string[] => Array.from({ length: count }, () => "x".repeat(size));

/** A queue that gives what it holds, up to ten a request, and `undefined` an error; `asked` is what was asked of it. */
function line(messages: (string | undefined)[], limits: Partial<BatchLimits>) {
  const asked: [number, number][] = [];
  const receive = async (most: number, seconds: number) => {
    asked.push([most, seconds]);
    const end = messages.indexOf(undefined);
    if (end === 0) throw new Error(`out of reach ${messages.splice(0, 1).length}`);
    const taken = messages.splice(0, Math.min(most, end < 0 ? messages.length : end)).map(String);
    if (taken.length === 0) await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return taken;
  };
  const gathered = batches(receive, ({ length }) => length, { size: 100, seconds: 300, bytes: 1000, ...limits });
  return { asked, sizes: async () => (await gathered.next()).length };
}

describe("gathering a batch", () => {
  it("hands over what the first receive gave when there is no window", async () => {
    const { sizes } = line(lines(13), { size: 10, seconds: 0 });
    expect([await sizes(), await sizes()]).toEqual([10, 3]);
  });
  it("receives ten at a time until the batch is full", async () => {
    const { sizes, asked } = line(lines(30), { size: 25 });
    expect(await sizes()).toBe(25);
    expect(asked.map(([most]) => most)).toEqual([10, 10, 5]);
  });
  it("hands over at the end of the window what has come by then", async () => {
    const { sizes } = line(lines(3), { seconds: 1 });
    const begun = Date.now();
    expect(await sizes()).toBe(3);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(900);
  });
  it("hands over before the event grows too large, and the rest with the next batch", async () => {
    const { sizes } = line(lines(10, 300), { seconds: 0 });
    expect([await sizes(), await sizes(), await sizes(), await sizes()]).toEqual([3, 3, 3, 1]);
  });
  it("hands over a single message that is too large for others beside it", async () => {
    const { sizes } = line([...lines(1, 2000), ...lines(1)], { seconds: 0 });
    expect([await sizes(), await sizes()]).toEqual([1, 1]);
  });
  it("hands over what it has when the queue fails, and fails when it has nothing", async () => {
    const { sizes } = line([...lines(4), undefined, undefined], {});
    expect(await sizes()).toBe(4);
    await expect(sizes()).rejects.toThrow("out of reach");
  });
});

describe("an event source mapping with a window", () => {
  const counting = `
import { S3Client, PutObjectCommand } from "${resolveModule("@aws-sdk/client-s3")}";
const client = new S3Client({ forcePathStyle: true });
export const handler = async ({ Records }) => {
  await client.send(new PutObjectCommand({ Bucket: process.env.RESULTS, Key: Records[0].messageId + "/" + Records.length, Body: "" }));
};`;
  const stack = (mapping: object) => ({
    Results: { Type: "AWS::S3::Bucket" },
    Work: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 60 } },
    Worker: functionOf("counting", { Timeout: 10, Environment: { Variables: { RESULTS: ref("Results") } } }),
    Consume: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: { EventSourceArn: attribute("Work", "Arn"), FunctionName: ref("Worker"), ...mapping },
    },
  });
  const assembly = (mapping: object) => {
    const folder = temporaryFolder();
    onTestFinished(() => folder[Symbol.dispose]());
    return { folder: folder.path, assembly: assemblyOf(folder.path, stack(mapping), { counting }) };
  };

  it("calls the function once for more than one receive can bring, and deletes them all", async () => {
    const { folder, assembly: made } = assembly({ BatchSize: 25, MaximumBatchingWindowInSeconds: 2 });
    const { clients, endpoints } = await started(folder, made);
    const { Work, Results } = endpoints.resources;
    for (let batch = 0; batch < 3; batch++) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: "row" }));
      await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: Work, Entries }));
    }
    await vi.waitFor(
      async () => {
        const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: Results }));
        const counts = Contents.map(({ Key }) => Number(Key?.split("/")[1]));
        expect(counts.toSorted((a, b) => a - b)).toEqual([5, 25]);
        const { Attributes } = await clients.sqs.send(
          new GetQueueAttributesCommand({ QueueUrl: Work, AttributeNames: ["All"] }),
        );
        expect(Attributes?.["ApproximateNumberOfMessagesNotVisible"]).toBe("0");
      },
      { timeout: 20_000, interval: 100 },
    );
  });

  it("is refused without a window when its batches are larger than ten", async () => {
    const { folder, assembly: made } = assembly({ BatchSize: 11 });
    await expect(started(folder, made)).rejects.toThrow(
      "Consume (AWS::Lambda::EventSourceMapping): this machine does not know the property MaximumBatchingWindowInSeconds in this form: a BatchSize above 10 needs at least 1",
    );
  });
});
