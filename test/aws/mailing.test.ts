import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { mailing, ses } from "../../lambdas/aws/mailing.ts";
import { useAws } from "../local/aws/running.ts";
import { configOf } from "./config.ts";
import { type Reply, scripted } from "./scripted.ts";

const running = useAws();

const letter = {
  from: { name: "割符", address: "no-reply@warifu.example" },
  to: { name: "令和 三郎", address: "saburo+a&b=c@example.jp" },
  subject: "電子証明書のご案内",
  text: "令和 三郎 様\n\n100% + 1 = 101 &\n",
  html: "<p>令和 三郎 様</p>\n",
};

/** Envelope and octets of the last mail in the mailbox. */
function lastMail() {
  const file = join(running().configuration.dataDirectory, "services.sqlite");
  using database = new DatabaseSync(file, { readOnly: true });
  const mail = database.prepare("select id, sender, raw from mails order by id desc limit 1").get();
  const recipients = database.prepare("select address from mail_recipients where mail = ?").all(mail?.["id"] ?? null);
  return {
    sender: mail?.["sender"],
    raw: mail?.["raw"] as Uint8Array,
    to: recipients.map(({ address }) => address),
  };
}

describe("a letter", () => {
  it("arrives as it was written, at the envelope's address", async () => {
    await (
      await mailing(ses(configOf(running(), "ses")), "warifu")(letter)
    )();
    const { sender, raw, to } = lastMail();
    expect({ sender, to }).toEqual({ sender: letter.from.address, to: [letter.to.address] });
    const read = await PostalMime.parse(Buffer.from(raw));
    expect(read.subject).toBe(letter.subject);
    expect(read.text?.replaceAll("\r\n", "\n")).toBe(letter.text);
  });
});

const accepted: Reply = (response) => {
  response
    .writeHead(200, { "content-type": "text/xml" })
    .end(
      `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>1</MessageId></SendRawEmailResult></SendRawEmailResponse>`,
    );
};
const refused =
  (code: string): Reply =>
  (response) => {
    response
      .writeHead(400, { "content-type": "text/xml", "x-amzn-requestid": "REQUEST" })
      .end(
        `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>refused</Message></Error><RequestId>REQUEST</RequestId></ErrorResponse>`,
      );
  };

describe("SES", () => {
  it("is asked again when it is throttled, with the same mail", async () => {
    await using server = await scripted([refused("Throttling")], accepted);
    await (
      await mailing(ses(server.config), "warifu")(letter)
    )();
    const [first, second, ...more] = server.received.map(({ body }) => body);
    expect(second).toBe(first);
    expect(more).toEqual([]);
  });

  it("is not asked again when it rejects the mail, and its error names the request", async () => {
    await using server = await scripted([], refused("MessageRejected"));
    await expect((await mailing(ses(server.config), "warifu")(letter))()).rejects.toMatchObject({
      name: "MessageRejected",
      $metadata: { requestId: "REQUEST" },
    });
    expect(server.received).toHaveLength(1);
  });

  it("has more time than others, because a mail that is sent again comes twice", { timeout: 20_000 }, async () => {
    await using server = await scripted([], (response, received) => {
      setTimeout(() => accepted(response, received), 6_000);
    });
    await (
      await mailing(ses(server.config), "warifu")(letter)
    )();
    expect(server.received).toHaveLength(1);
  });
});
