import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import { serially } from "../../lambdas/async/serially.ts";
import { issuedNotice } from "../../lambdas/notices/issued.ts";
import type { Letter } from "../../lambdas/notices/mime.ts";
import { noticeSender } from "../../lambdas/notices/send.ts";
import { world } from "../world.ts";

const by = await world("2026-11-22T03:00:00.000Z");
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

async function owed() {
  const notice = issuedNotice(by.context, await by.certificate(here), by.context.now());
  await by.context.commit([by.context.notices.addNotice(notice)]);
  return notice;
}

/** A mailer of its own, and the subjects that it has sent; `mail` may refuse. */
function mailer(mail: (letter: Letter) => Promise<void> = async () => {}) {
  const sent: string[] = [];
  const send = noticeSender(
    {
      ...by.context,
      access: access(by.client, "AccessTable"),
      brand: "Warifu",
      adminUrl: "https://admin.example.jp/",
      downloadUrl: "https://download.example.jp/",
      sender: "no-reply@example.jp",
      mail: async (letter) => async () => {
        await mail(letter);
        sent.push(`${letter.to.address} ${letter.subject}`);
      },
    },
    serially(),
  );
  return { send, sent };
}

describe("sending notices", () => {
  it("sends each notice's two mails one after the other, and notes them sent", async () => {
    const { send, sent } = mailer();
    const notices = [await owed(), await owed()];
    await Promise.all(notices.map(({ tenantId, noticeId }) => send(tenantId, noticeId)));
    expect(sent.map((line) => line.split(" ")[0])).toEqual(notices.flatMap(({ to }) => [to, to]));
    expect(new Set(sent).size).toBe(4);
    for (const { tenantId, noticeId } of notices)
      expect(await by.context.notices.findNotice(tenantId, noticeId)).toHaveProperty("sentAt");
  });

  it("sends a notice once that is twice in a batch", async () => {
    const { send, sent } = mailer();
    const { tenantId, noticeId } = await owed();
    await Promise.all([send(tenantId, noticeId), send(tenantId, noticeId)]);
    expect(sent).toHaveLength(2);
  });

  it("sends nothing that another mailer has sent", async () => {
    const [first, second] = [mailer(), mailer()];
    const { tenantId, noticeId } = await owed();
    await first.send(tenantId, noticeId);
    await second.send(tenantId, noticeId);
    expect(second.sent).toEqual([]);
  });

  it("still owes what was refused, and sends it when it is asked again", async () => {
    let refusals = 1;
    const { send, sent } = mailer(() => (refusals-- > 0 ? Promise.reject(new Error("refused")) : Promise.resolve()));
    const { tenantId, noticeId } = await owed();
    const both = await Promise.allSettled([send(tenantId, noticeId), send(tenantId, noticeId)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await by.context.notices.findNotice(tenantId, noticeId)).not.toHaveProperty("sentAt");
    await send(tenantId, noticeId);
    expect(sent).toHaveLength(2);
  });
});
