import { rmSync } from "node:fs";
import { CreateKeyCommand, DecryptCommand, EncryptCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { SendRawEmailCommand } from "@aws-sdk/client-ses";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { startAws, type AwsChild } from "../../../lib/local/aws/child.ts";
import { clientsOf, newConfiguration } from "./running.ts";

const configuration = newConfiguration();
afterAll(() => rmSync(configuration.dataDirectory, { recursive: true, force: true }));

const start = async () => {
  const child: AwsChild = await startAws(configuration);
  return { child, ...clientsOf(child.urls, configuration.credentials) };
};

/** Repeats a write until the services are gone; the numbers that were answered. */
const untilKilled = async (write: (number: number) => Promise<unknown>): Promise<number[]> => {
  const answered: number[] = [];
  for (let number = 0; ; number += 1) {
    try {
      await write(number);
    } catch {
      return answered;
    }
    answered.push(number);
  }
};

describe("kill -9 in mid stream", () => {
  it("loses nothing that was answered, and returns what was in flight with its receives", async () => {
    const first = await start();
    const { s3, sqs, kms, ses } = first;
    await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "queue" }));
    await sqs.send(new CreateQueueCommand({ QueueName: "flying" }));
    const FlyingUrl = QueueUrl?.replace("/queue", "/flying");
    await sqs.send(new SendMessageCommand({ QueueUrl: FlyingUrl, MessageBody: "in flight" }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: FlyingUrl }));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("secret") }));

    const mail = (number: number) => Buffer.from(`To: a@example.jp\r\nSubject: ${number}\r\n\r\ntext`);
    const writes = Promise.all([
      untilKilled(async (number) =>
        s3.send(new PutObjectCommand({ Bucket: "bucket", Key: `${number}`, Body: `${number}` })),
      ),
      untilKilled(async (number) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${number}` }))),
      untilKilled(async (number) => {
        if (number >= 100) await first.child.ended;
        await ses.send(new SendRawEmailCommand({ RawMessage: { Data: mail(number) } }));
        if (number === 50) process.kill(first.child.pid, "SIGKILL");
      }),
    ]);
    const [objects, sent, mails] = await writes;
    await first.child.ended;
    expect(Math.min(objects.length, sent.length, mails.length)).toBeGreaterThan(10);

    const second = await start();
    for (const number of objects) {
      const { Body } = await second.s3.send(new GetObjectCommand({ Bucket: "bucket", Key: `${number}` }));
      expect(await Body?.transformToString()).toBe(`${number}`);
    }
    const found = new Set<string | undefined>();
    for (;;) {
      const { Messages = [] } = await second.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) break;
      for (const { Body } of Messages) found.add(Body);
    }
    expect(sent.filter((number) => !found.has(`${number}`))).toEqual([]);
    const box = (await (await fetch(`${second.child.urls.mailbox}/messages`)).json()) as { subject: string }[];
    const subjects = new Set(box.map(({ subject }) => subject));
    expect(mails.filter((number) => !subjects.has(`${number}`))).toEqual([]);
    const { Messages } = await second.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: FlyingUrl, MessageSystemAttributeNames: ["All"] }),
    );
    expect(Messages).toMatchObject([{ Body: "in flight", Attributes: { ApproximateReceiveCount: "2" } }]);
    const { Plaintext } = await second.kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(Plaintext ?? []).toString()).toBe("secret");
    await second.child.close();
    expect(await second.child.ended).toBe(0);
  }, 30_000);

  it("says why it does not start", async () => {
    const { child } = await start();
    const taken = { ...newConfiguration(), mailboxPort: Number(new URL(child.urls.mailbox).port) };
    await expect(startAws(taken)).rejects.toThrow("EADDRINUSE");
    rmSync(taken.dataDirectory, { recursive: true });
    await child.close();
  });
});
