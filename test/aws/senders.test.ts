import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { beforeEach, describe, expect, it } from "vitest";
import { sqs } from "../../lambdas/aws/queues.ts";
import { sendersOf } from "../../lambdas/aws/senders.ts";
import { useAws } from "../local/aws/running.ts";
import { configOf } from "./config.ts";

const running = useAws();
let queue = "";
let made = 0;
beforeEach(async () => {
  const QueueName = `mail-${made++}`;
  queue = (await running().sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "";
});

const senders = () => sendersOf(sqs(configOf(running(), "sqs")), { MAIL_QUEUE: queue });
const noticesOf = (tenantId: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ tenantId, noticeId: `${tenantId}-n${at}` }));

/** What a mailer takes next, ten at a time as the stack has it. */
async function taken(): Promise<readonly string[]> {
  const { Messages = [] } = await running().sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body }) => (JSON.parse(Body ?? "{}") as { noticeId: string }).noticeId);
}

describe("mails", () => {
  it("of a tenant with many do not hold up another tenant's one", async () => {
    await senders().sendNotices(noticesOf("many", 200));
    expect((await taken()).every((id) => id.startsWith("many"))).toBe(true);
    await senders().sendNotice("one", "one-n0");
    expect(await taken()).toContain("one-n0");
  });

  it("that are sent together are fair to each tenant among them", async () => {
    await senders().sendNotices([...noticesOf("many", 200), ...noticesOf("few", 3)]);
    expect(await taken()).toEqual(expect.arrayContaining(["few-n0", "few-n1", "few-n2"]));
  });
});
