import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type GetQueueAttributesCommandInput,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { sqs } from "../../../lambdas/aws/wire/sqs.ts";
import { useAws } from "../../local/aws/running.ts";
import { environmentOf } from "./environment.ts";
import { same } from "./outcome.ts";

const running = useAws();
const ours = () => sqs(environmentOf(running()));
const sdk = () => running().sqs;

const createQueue = async (QueueName: string): Promise<string> =>
  (await sdk().send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "";
const received = async (QueueUrl: string): Promise<unknown[]> => {
  const all = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All" as const] };
  const { Messages = [] } = await sdk().send(new ReceiveMessageCommand(all));
  return Messages.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId]);
};
const sendMany = (input: SendMessageBatchCommandInput, theirs = input) =>
  same(
    ours()
      .sendMany(input)
      .then(({ Failed = [] }) => Failed),
    sdk()
      .send(new SendMessageBatchCommand(theirs))
      .then(({ Failed = [] }) => Failed),
  );
const attributes = (input: GetQueueAttributesCommandInput) =>
  same(
    ours().attributes(input),
    sdk()
      .send(new GetQueueAttributesCommand(input))
      .then(({ Attributes = {} }) => Attributes),
  );

describe("sqs", () => {
  it("sends what the SDK sends, one by one and many at once", async () => {
    const queues = [await createQueue("ours"), await createQueue("theirs")] as const;
    const message = { MessageBody: '{"名":"令和"}', MessageGroupId: "tenant" };
    const [mine, other] = queues.map((QueueUrl) => ({ QueueUrl, ...message }));
    await ours().send(mine ?? { QueueUrl: "", ...message });
    await sdk().send(new SendMessageCommand(other ?? { QueueUrl: "", ...message }));
    const Entries = ["a", "b"].map((Id) => ({ Id, MessageBody: `令和 ${Id}` }));
    await sendMany({ QueueUrl: queues[0], Entries }, { QueueUrl: queues[1], Entries });
    const found = await received(queues[0]);
    expect(found).toHaveLength(3);
    expect(found).toEqual(await received(queues[1]));
    expect(found[0]).toEqual([message.MessageBody, "tenant"]);
  });

  it("says which of many were not taken", async () => {
    const Entries = [
      { Id: "good", MessageBody: "a" },
      { Id: "bad", MessageBody: "a", DelaySeconds: 901 },
    ];
    const QueueUrl = await createQueue("partly");
    expect(await sendMany({ QueueUrl, Entries })).toMatchObject({ answer: [{ Id: "bad" }] });
  });

  it("counts as the SDK does", async () => {
    const QueueUrl = await createQueue("counted");
    await ours().send({ QueueUrl, MessageBody: "a" });
    expect(await attributes({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] })).toEqual({
      answer: { ApproximateNumberOfMessages: "1" },
    });
    expect(await attributes({ QueueUrl })).toEqual({ answer: {} });
  });

  it("is refused as the SDK is", async () => {
    const QueueUrl = `${await createQueue("here")}-not`;
    const absent = { QueueUrl, MessageBody: "a" };
    const unknown = { name: "QueueDoesNotExist", status: 400 };
    expect(await same(ours().send(absent), sdk().send(new SendMessageCommand(absent)))).toMatchObject(unknown);
    expect(await attributes({ QueueUrl })).toMatchObject(unknown);
    const twice = { QueueUrl: await createQueue("twice"), Entries: [1, 2].map(() => ({ Id: "a", MessageBody: "a" })) };
    expect(await sendMany(twice)).toMatchObject({ name: "BatchEntryIdsNotDistinct" });
  });
});
