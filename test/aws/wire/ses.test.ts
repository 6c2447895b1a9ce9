import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { describe, expect, it } from "vitest";
import { type RawEmail, ses } from "../../../lambdas/aws/wire/ses.ts";
import { useAws } from "../../local/aws/running.ts";
import { environmentOf } from "./environment.ts";
import { same } from "./outcome.ts";
import { scripted, type Reply } from "./scripted.ts";

const running = useAws();
const ours = () => ses(environmentOf(running()));
const sdk = () => running().ses;

/** What the mailbox keeps of the last two mails, the older first: envelope and octets. */
function stored(): readonly unknown[] {
  const file = join(running().configuration.dataDirectory, "services.sqlite");
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const mails = database.prepare("select id, sender, raw from mails order by id desc limit 2").all();
    const recipients = database.prepare("select address from mail_recipients where mail = ? order by position");
    return mails
      .toReversed()
      .map(({ id, sender, raw }) => ({ sender, raw, to: recipients.all(id ?? null).map(({ address }) => address) }));
  } finally {
    database.close();
  }
}

/** Sends the same by both clients, ours first: the mailbox keeps the order. */
async function both(input: RawEmail): Promise<void> {
  await ours().sendRawEmail(input);
  await sdk().send(new SendRawEmailCommand(input));
}
const mailOf = (body: string | Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from("From: a@warifu.example\r\nTo: b@example.jp\r\nSubject: =?utf-8?B?5Luk5ZKM?=\r\n\r\n"),
    Buffer.from(body),
  ]);

describe("ses", () => {
  it("sends what the SDK sends, to the envelope's recipients in order", async () => {
    await both({
      RawMessage: { Data: mailOf("令和 様\r\n") },
      Source: "わりふ+1 <noreply@warifu.example>",
      Destinations: ["second+tag@example.jp", "first&x=y@example.jp", "三郎@example.jp"],
      ConfigurationSetName: "warifu",
    });
    const [mine, theirs] = stored();
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({
      sender: "わりふ+1 <noreply@warifu.example>",
      to: ["second+tag@example.jp", "first&x=y@example.jp", "三郎@example.jp"],
    });
  });

  it("leaves sender and recipients to the mail's header where none are given", async () => {
    await both({ RawMessage: { Data: mailOf("a") } });
    const [mine, theirs] = stored();
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({ sender: "a@warifu.example", to: ["b@example.jp"] });
  });

  it("sends 300 kB octet by octet", async () => {
    const text = Buffer.from("令和+/=%26&\0\r\n".repeat(8_000));
    // All octets, out of a larger piece of memory, and of a length that leaves each kind of base64 ending.
    for (const [start, end] of [
      [1, 300_000],
      [2, 300_000],
      [3, 300_000],
    ]) {
      const Data = mailOf(Buffer.concat([text, randomBytes(200_000)])).subarray(start, end);
      await both({ RawMessage: { Data }, Destinations: ["b@example.jp"] });
      const [mine, theirs] = stored() as { raw: Uint8Array }[];
      expect(Data.equals(mine?.raw ?? Buffer.of())).toBe(true);
      expect(Data.equals(theirs?.raw ?? Buffer.of())).toBe(true);
    }
  });

  it("is refused as the SDK is", async () => {
    const refused = (input: RawEmail) => same(ours().sendRawEmail(input), sdk().send(new SendRawEmailCommand(input)));
    expect(await refused({ RawMessage: { Data: Buffer.of() } })).toMatchObject({
      name: "InvalidParameterValue",
      status: 400,
    });
    const Destinations = Array.from({ length: 51 }, (_, at) => `b${at}@example.jp`);
    expect(await refused({ RawMessage: { Data: mailOf("a") }, Destinations })).toMatchObject({
      name: "MessageRejected",
      status: 400,
    });
  });

  it("is refused a wrong secret as the SDK is", async () => {
    const wrong = { ...environmentOf(running()), AWS_SECRET_ACCESS_KEY: "wrong" };
    const credentials = { ...running().configuration.credentials, secretAccessKey: "wrong" };
    const client = new SESClient({ region: "ap-northeast-1", endpoint: running().urls.ses, credentials });
    const input = { RawMessage: { Data: mailOf("a") } };
    expect(await same(ses(wrong).sendRawEmail(input), client.send(new SendRawEmailCommand(input)))).toMatchObject({
      name: "SignatureDoesNotMatch",
      status: 403,
    });
  });
});

/** SES's own words. https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html */
const refusal = (code: string, message: string) =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">\n  <Error>\n    <Type>Sender</Type>\n` +
  `    <Code>${code}</Code>\n    <Message>${message}</Message>\n  </Error>\n` +
  `  <RequestId>42d59b56-7407-4c4a-be0f-4c88daeea257</RequestId>\n</ErrorResponse>\n`;
const accepted =
  `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">\n  <SendRawEmailResult>\n` +
  `    <MessageId>0106-1</MessageId>\n  </SendRawEmailResult>\n</SendRawEmailResponse>\n`;
const xml =
  (status: number, body: string): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  };

/** Sends one mail to a server that answers so; gives what came of it and how often it was asked. */
async function met(...replies: readonly Reply[]) {
  await using server = await scripted(...replies);
  const client = ses({ ...server.environment, AWS_ENDPOINT_URL_SES: server.url });
  const refused = await client.sendRawEmail({ RawMessage: { Data: mailOf("a") } }).catch((error: unknown) => error);
  return { refused, asked: server.received.map(({ body }) => body) };
}

describe("ses, answered in the words of AWS", () => {
  it("sends the SDK's own form", async () => {
    await using server = await scripted(xml(200, accepted), xml(200, accepted));
    const input: RawEmail = {
      RawMessage: { Data: mailOf(new Uint8Array([251, 255, 254, 0])) },
      Source: "わりふ+1 <noreply@warifu.example>",
      Destinations: ["b@example.jp", "a+1@example.jp"],
      ConfigurationSetName: "warifu",
    };
    const [endpoint, credentials] = [server.url, { accessKeyId: "local", secretAccessKey: "local" }];
    await ses({ ...server.environment, AWS_ENDPOINT_URL_SES: endpoint }).sendRawEmail(input);
    await new SESClient({ region: "ap-northeast-1", endpoint, credentials }).send(new SendRawEmailCommand(input));
    const [mine, theirs] = server.received.map(({ headers, body }) => ({
      type: headers["content-type"],
      form: Object.fromEntries(new URLSearchParams(body)),
    }));
    expect(mine).toEqual(theirs);
  });

  it("knows a mail that was taken", async () => {
    expect(await met(xml(200, accepted))).toMatchObject({ refused: undefined, asked: { length: 1 } });
  });

  it("tells why a mail was not, and does not ask again", async () => {
    const message = "Email address is not verified. The following identities failed: a@warifu.example";
    expect(await met(xml(400, refusal("MessageRejected", message)))).toMatchObject({
      refused: { name: "MessageRejected", status: 400, message: `MessageRejected: ${message}` },
      asked: { length: 1 },
    });
  });

  it("asks again with the same mail when it was too fast", async () => {
    const { refused, asked } = await met(
      xml(400, refusal("Throttling", "Maximum sending rate exceeded.")),
      xml(200, accepted),
    );
    expect(refused).toBeUndefined();
    expect(asked).toEqual([asked[0], asked[0]]);
  });

  it(
    "waits for SES longer than for others, because a mail that is sent again comes twice",
    { timeout: 20_000 },
    async () => {
      const slow: Reply = (response, received) => void setTimeout(() => xml(200, accepted)(response, received), 6_000);
      expect(await met(slow)).toMatchObject({ refused: undefined, asked: { length: 1 } });
    },
  );

  it("does not take another's answer for SES's", async () => {
    for (const body of ["", "<html>Welcome</html>", "{}"])
      expect(await met(xml(200, body))).toMatchObject({ refused: { name: "HTTP 200" }, asked: { length: 1 } });
  });
});
