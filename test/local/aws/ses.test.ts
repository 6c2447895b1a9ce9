import { GetSendStatisticsCommand, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { describe, expect, it } from "vitest";
import { clientsOf, containing, expectRefusal, matching, statusUnderHost, useAws } from "./running.ts";

const running = useAws({ mailQuota: { perDay: 100, perSecond: 20 } });
/** Refills in an hour, whatever the machine is busy with. */
const slow = useAws({ mailQuota: { perDay: 100, perSecond: 1 / 3600 } });

const send = async (to: string, subject = "証明書発行のお知らせ", html = "<p>令和 <b>様</b></p>", envelope = {}) => {
  const mail = { from: "わりふ <noreply@warifu.example>", to, subject, text: "令和 様", html };
  const Data = await new MailComposer(mail).compile().build();
  return running().ses.send(new SendRawEmailCommand({ RawMessage: { Data }, ...envelope }));
};

const messages = async (to?: string): Promise<Record<string, string>[]> => {
  const query = to === undefined ? "" : `?to=${encodeURIComponent(to)}`;
  const answer = await fetch(`${running().urls.mailbox}/messages${query}`);
  return (await answer.json()) as Record<string, string>[];
};

const page = async (path: string): Promise<string> => (await fetch(running().urls.mailbox + path)).text();

describe("a sent mail", () => {
  it("is in the mailbox, decoded, for its recipient in any case", async () => {
    const { MessageId } = await send("saburo@example.jp");
    expect(MessageId).toBeTruthy();
    const [mail, ...more] = await messages("Saburo@Example.JP");
    expect(more).toEqual([]);
    expect(mail).toEqual({
      from: "noreply@warifu.example",
      to: "saburo@example.jp",
      subject: "証明書発行のお知らせ",
      text: containing("令和 様"),
      html: containing("<p>令和 <b>様</b></p>"),
      date: matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(await messages("other@example.jp")).toEqual([]);
  });

  it("goes to the envelope where one is given, whatever the header says", async () => {
    await send("header@example.jp", "Envelope", "", {
      Source: "bounce@warifu.example",
      Destinations: ["hidden@example.jp"],
    });
    expect(await messages("header@example.jp")).toEqual([]);
    expect(await messages("hidden@example.jp")).toMatchObject([{ from: "bounce@warifu.example" }]);
  });

  it("comes oldest first in JSON, newest first on the page", async () => {
    await send("order@example.jp", "First <1>");
    await send("order@example.jp", "Second");
    expect((await messages("order@example.jp")).map(({ subject }) => subject)).toEqual(["First <1>", "Second"]);
    const list = await page("/?to=order@example.jp");
    expect(list.indexOf("Second")).toBeLessThan(list.indexOf("First &#60;1&#62;"));
    expect(list.indexOf("Second")).toBeGreaterThan(0);
  });

  it("is shown in a sandboxed frame that runs no script", async () => {
    await send("page@example.jp", "Page", '<p onclick="x">"令和"</p><script>alert(1)</script>');
    const id = /\/message\/\d+/.exec(await page("/?to=page@example.jp"))?.[0] ?? "";
    const answer = await fetch(running().urls.mailbox + id);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const body = await answer.text();
    expect(body).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="/);
    expect(body).not.toContain("<script");
  });
});

describe("the mailbox", () => {
  it("is only read, and only under its own Host", async () => {
    expect((await fetch(`${running().urls.mailbox}/messages`, { method: "POST" })).status).toBe(405);
    expect(await statusUnderHost(`${running().urls.mailbox}/messages`, "evil.example")).toBe(403);
  });
});

describe("SES", () => {
  it("holds senders to the rate", async () => {
    const raw = new SendRawEmailCommand({ RawMessage: { Data: Buffer.from("From: a@b.jp\r\nTo: a@b.jp\r\n\r\nx") } });
    await expectRefusal(slow().ses.send(raw), "Throttling", 400);
  });

  it("refuses a wrong secret", async () => {
    const { urls, configuration } = running();
    const wrong = clientsOf(urls, { ...configuration.credentials, secretAccessKey: "wrong" });
    await expectRefusal(
      wrong.ses.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.of(1) } })),
      "SignatureDoesNotMatch",
      403,
    );
  });

  it("answers 501 with the name of an operation it does not have", async () => {
    const call = running().ses.send(new GetSendStatisticsCommand({}));
    expect((await expectRefusal(call, "NotImplemented", 501)).message).toContain("GetSendStatistics");
  });
});
