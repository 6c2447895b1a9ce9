import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type Message,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { clientsOf, expectRefusal, statusUnderHost, useAws } from "./running.ts";

const running = useAws();

const createQueue = async (QueueName: string, Attributes: Record<string, string> = {}): Promise<string> => {
  const { QueueUrl } = await running().sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl ?? "";
};

const send = async (QueueUrl: string, MessageBody: string, MessageGroupId?: string) =>
  running().sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...(MessageGroupId && { MessageGroupId }) }));

const receive = async (QueueUrl: string, MaxNumberOfMessages = 1, WaitTimeSeconds = 0): Promise<Message[]> => {
  const { Messages = [] } = await running().sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages,
      WaitTimeSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  return Messages;
};

const finish = async (QueueUrl: string, { ReceiptHandle }: Message = {}) =>
  running().sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

const counts = async (QueueUrl: string): Promise<(string | undefined)[]> => {
  const { Attributes } = await running().sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  const about = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
  ] as const;
  return about.map((name) => Attributes?.[name]);
};

describe("a queue", () => {
  it("is found by its name and created only once", async () => {
    const url = await createQueue("once", { VisibilityTimeout: "60" });
    expect(await createQueue("once", { VisibilityTimeout: "60" })).toBe(url);
    const { QueueUrl } = await running().sqs.send(new GetQueueUrlCommand({ QueueName: "once" }));
    expect(QueueUrl).toBe(url);
    await expectRefusal(createQueue("once", { VisibilityTimeout: "61" }), "QueueNameExists", 400);
  });

  it("does not exist under another name", async () => {
    const call = running().sqs.send(new GetQueueUrlCommand({ QueueName: "none" }));
    await expectRefusal(call, "QueueDoesNotExist", 400);
  });

  it("is never FIFO here", async () => {
    await expectRefusal(createQueue("fifo", { FifoQueue: "true" }), "InvalidAttributeName", 400);
  });

  it("gives back its attributes, defaults and ARN", async () => {
    const QueueUrl = await createQueue("shown", { DelaySeconds: "1" });
    const { Attributes } = await running().sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: "arn:aws:sqs:ap-northeast-1:000000000000:shown",
      DelaySeconds: "1",
      VisibilityTimeout: "30",
    });
  });
});

describe("a message", () => {
  it("comes with its attributes, is in flight, then gone", async () => {
    const url = await createQueue("road");
    const before = Date.now();
    const sent = await running().sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: "令和",
        MessageGroupId: "t1",
        MessageAttributes: { kind: { DataType: "String", StringValue: "mail" } },
      }),
    );
    const [message] = await receive(url);
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: "令和",
      Attributes: { ApproximateReceiveCount: "1", MessageGroupId: "t1" },
      MessageAttributes: { kind: { DataType: "String", StringValue: "mail" } },
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    });
    expect(Number(message?.Attributes?.["SentTimestamp"])).toBeGreaterThanOrEqual(before);
    expect(await receive(url)).toEqual([]);
    expect(await counts(url)).toEqual(["0", "1", "0"]);
    await finish(url, message);
    expect(await counts(url)).toEqual(["0", "0", "0"]);
  });

  it("comes back by itself when its visibility ends, to whoever waits", async () => {
    const url = await createQueue("timeout", { VisibilityTimeout: "1" });
    await send(url, "a");
    await receive(url);
    const [again] = await receive(url, 1, 5);
    expect(again?.Attributes?.["ApproximateReceiveCount"]).toBe("2");
  });

  it("waits out its delay", async () => {
    const url = await createQueue("delay");
    await running().sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "a", DelaySeconds: 1 }));
    expect(await counts(url)).toEqual(["0", "0", "1"]);
    expect(await receive(url)).toEqual([]);
    expect(await receive(url, 1, 5)).toHaveLength(1);
  });

  it("wakes a long poll at once", async () => {
    const url = await createQueue("poll");
    const polled = receive(url, 10, 20);
    const start = Date.now();
    await send(url, "a");
    expect(await polled).toHaveLength(1);
    expect(Date.now() - start).toBeLessThan(1000);
  });

  it("is not taken by a poll whose caller hung up", async () => {
    const url = await createQueue("hung");
    const hung = new AbortController();
    const order = new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 });
    const polled = running().sqs.send(order, { abortSignal: hung.signal });
    // A second poll proves that the first has arrived: it was sent on a connection of its own afterwards.
    expect(await receive(url, 1, 1)).toEqual([]);
    hung.abort();
    await expect(polled).rejects.toThrow("aborted");
    // One round trip later the service has seen the connection close.
    expect(await counts(url)).toEqual(["0", "0", "0"]);
    await send(url, "a");
    expect(await receive(url)).toHaveLength(1);
  });

  it("is sent and deleted in batches whose bad entries fail alone", async () => {
    const url = await createQueue("batch");
    const Entries = [
      { Id: "a", MessageBody: "1" },
      { Id: "b", MessageBody: "2", DelaySeconds: 901 },
      { Id: "c", MessageBody: "3" },
    ];
    const sent = await running().sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(["a", "c"]);
    expect(sent.Failed).toMatchObject([{ Id: "b", Code: "InvalidParameterValue", SenderFault: true }]);
    const messages = await receive(url, 10);
    expect(messages.map(({ Body }) => Body)).toEqual(["1", "3"]);
    const handles = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    handles.push({ Id: "x", ReceiptHandle: "nonsense" });
    const removed = await running().sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: handles }));
    expect(removed.Failed).toMatchObject([{ Id: "x", Code: "ReceiptHandleIsInvalid" }]);
    expect(await counts(url)).toEqual(["0", "0", "0"]);
    const none = running().sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [] }));
    await expectRefusal(none, "EmptyBatchRequest", 400);
  });

  it("has at most 1 MiB", async () => {
    const url = await createQueue("large");
    await send(url, "a".repeat(1_048_576));
    await expectRefusal(send(url, "a".repeat(1_048_577)), "InvalidParameterValue", 400);
  });
});

describe("a fair queue", () => {
  it("serves the tenant with the fewest messages in flight, of those the oldest message", async () => {
    const url = await createQueue("fair");
    for (const body of ["a1", "a2", "a3", "a4"]) await send(url, body, "a");
    for (const body of ["b1", "b2"]) await send(url, body, "b");
    const taken = await receive(url, 5);
    expect(taken.map(({ Body }) => Body)).toEqual(["a1", "b1", "a2", "b2", "a3"]);
    await finish(url, taken[1]);
    await finish(url, taken[3]);
    await send(url, "b3", "b");
    expect((await receive(url)).map(({ Body }) => Body)).toEqual(["b3"]);
    for (const message of [taken[0], taken[2], taken[4]]) await finish(url, message);
    await send(url, "b4", "b");
    expect((await receive(url)).map(({ Body }) => Body)).toEqual(["a4"]);
  });
});

describe("a dead-letter queue", () => {
  it("gets what was received too often", async () => {
    const dead = await createQueue("dead");
    const deadLetterTargetArn = "arn:aws:sqs:ap-northeast-1:000000000000:dead";
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    const url = await createQueue("live", { RedrivePolicy, VisibilityTimeout: "0" });
    await send(url, "poison");
    for (let attempt = 0; attempt < 2; attempt += 1) expect(await receive(url)).toHaveLength(1);
    expect(await receive(url)).toEqual([]);
    expect(await counts(dead)).toEqual(["1", "0", "0"]);
    const [message] = await receive(dead);
    expect(message).toMatchObject({ Body: "poison", Attributes: { ApproximateReceiveCount: "3" } });
  });
});

describe("SQS", () => {
  it("refuses a wrong secret and an unknown key", async () => {
    const { urls, configuration } = running();
    const wrong = clientsOf(urls, { ...configuration.credentials, secretAccessKey: "wrong" });
    await expectRefusal(wrong.sqs.send(new GetQueueUrlCommand({ QueueName: "any" })), "InvalidSignatureException", 403);
    const unknown = clientsOf(urls, { ...configuration.credentials, accessKeyId: "OTHER" });
    await expectRefusal(
      unknown.sqs.send(new GetQueueUrlCommand({ QueueName: "any" })),
      "UnrecognizedClientException",
      403,
    );
  });

  it("refuses a Host that is not its own, before anything else", async () => {
    const { sqs, kms, dynamodb, ses } = running().urls;
    for (const url of [sqs, kms, dynamodb, ses]) {
      expect(await statusUnderHost(`${url}/_meter`, "evil.example")).toBe(403);
      expect(await statusUnderHost(`${url}/_meter`, new URL(url).host)).toBe(200);
    }
  });

  it("answers also a request that is too large to be read", async () => {
    const answer = await fetch(running().urls.sqs, { method: "POST", body: "x".repeat(17 * 1024 * 1024) });
    expect(answer.status).toBe(413);
    expect((await fetch(`${running().urls.sqs}/_meter`)).status).toBe(200);
  });

  it("answers 501 with the name of an operation it does not have", async () => {
    const url = await createQueue("named");
    const call = running().sqs.send(
      new AddPermissionCommand({ QueueUrl: url, Label: "l", AWSAccountIds: ["1"], Actions: ["*"] }),
    );
    const failure = await expectRefusal(call, "NotImplemented", 501);
    expect(failure.message).toContain("AddPermission");
  });

  it("counts its calls and their billed requests", async () => {
    const url = await createQueue("meter");
    running().meter.reset();
    await send(url, "a".repeat(65_537));
    expect(running().meter.read().calls).toEqual({ "sqs.SendMessage": { calls: 1, requests: 2 } });
    const reading: unknown = await (await fetch(`${running().urls.sqs}/_meter`)).json();
    expect(reading).toMatchObject({ calls: { "sqs.SendMessage": { calls: 1 } } });
    expect(running().meter.read().cpu.user).toBeGreaterThan(0);
    await fetch(`${running().urls.sqs}/_meter`, { method: "DELETE" });
    expect(running().meter.read().calls).toEqual({});
  });
});
