import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import { batchSender, queueDepth, sender, sqs } from "../../lambdas/aws/queues.ts";
import { useAws } from "../local/aws/running.ts";
import { configOf } from "./config.ts";
import { json, scripted } from "./scripted.ts";

const running = useAws();
const client = () => sqs(configOf(running(), "sqs"));
let queue = "";
beforeAll(async () => {
  queue = (await running().sqs.send(new CreateQueueCommand({ QueueName: "work" }))).QueueUrl ?? "";
});

async function received() {
  const found: { body: unknown; group: string | undefined }[] = [];
  for (;;) {
    const { Messages = [] } = await running().sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ["MessageGroupId"],
      }),
    );
    if (Messages.length === 0) return found;
    found.push(
      ...Messages.map(({ Body, Attributes }) => ({
        body: JSON.parse(Body ?? "") as unknown,
        group: Attributes?.MessageGroupId,
      })),
    );
  }
}

describe("messages", () => {
  it("are sent one by one and by tens, in the group of their tenant, and counted", async () => {
    type Message = { readonly tenant: string; readonly number: number };
    const group = ({ tenant }: Message) => tenant;
    await sender<Message>(client(), queue, group)({ tenant: "t0", number: 0 });
    const many = Array.from({ length: 21 }, (_, at) => ({ tenant: `t${at % 2}`, number: at + 1 }));
    await batchSender<Message>(client(), queue, group)(many);
    expect(await queueDepth(client(), queue)).toEqual({ waiting: 22, inFlight: 0 });
    const found = await received();
    expect(found).toHaveLength(22);
    expect(found).toEqual(
      expect.arrayContaining([{ tenant: "t0", number: 0 }, ...many].map((body) => ({ body, group: body.tenant }))),
    );
  });

  it("fail together where SQS does not take one of them", async () => {
    const Failed = [{ Id: "1", SenderFault: false, Code: "InternalError", Message: "try later" }];
    await using server = await scripted([json(200, { Successful: [], Failed })]);
    const send = batchSender(sqs(server.config), `${server.config.endpoint}/1/work`);
    await expect(send([{ a: 1 }, { a: 2 }])).rejects.toThrow("SQS did not take 1 messages: try later");
  });
});
