import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import type { LocalFunction } from "../../lib/local/functions.ts";
import { polledQueues } from "../../lib/local/polled-queues.ts";
import { runSource, type Source } from "../../lib/local/sources.ts";
import { useAws } from "./aws/running.ts";

const running = useAws();

describe("a source", () => {
  it("hands a message over as Lambda does, its octets in base64", async () => {
    const { sqs, urls, configuration } = running();
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "handed-over" }));
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: "令和",
        MessageAttributes: {
          octets: { DataType: "Binary", BinaryValue: Uint8Array.of(251, 255, 0) },
          text: { DataType: "String", StringValue: "三郎" },
        },
      }),
    );
    const called = Promise.withResolvers<SQSEvent>();
    const invoke: LocalFunction["invoke"] = async (event) => {
      called.resolve(event as SQSEvent);
      return { ok: true, payload: "null" };
    };
    const source: Source = {
      logicalId: "Mapping",
      queueUrl: QueueUrl,
      queueArn: "arn:aws:sqs:ap-northeast-1:000000000000:handed-over",
      region: "ap-northeast-1",
      function: { invoke } as LocalFunction,
      batchSize: 10,
      gatherSeconds: 0,
      partialFailures: true,
      concurrency: 1,
    };
    const { credentials, region } = configuration;
    const reported: string[] = [];
    const polling = runSource(source, polledQueues({ url: urls.sqs, credentials, region }), (line) =>
      reported.push(line),
    );
    const { Records } = await called.promise;
    await polling.stop();
    expect(reported).toEqual([]);
    expect(Records).toMatchObject([
      {
        body: "令和",
        messageAttributes: {
          octets: { dataType: "Binary", binaryValue: Buffer.of(251, 255, 0).toString("base64") },
          text: { dataType: "String", stringValue: "三郎" },
        },
      },
    ]);
  });
});
