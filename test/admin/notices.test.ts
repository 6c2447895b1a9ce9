import { afterAll, describe, expect, it } from "vitest";
import { listNotices } from "../../lambdas/admin/notices.ts";
import { issuedNotice } from "../../lambdas/notices/issued.ts";
import { noticesToAdministrators } from "../../lambdas/notices/to-administrators.ts";
import { actor, refusal, world } from "../world.ts";

const by = await world("2026-11-22T03:00:00.000Z");
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());
const { context } = by;
const minute = 60_000;

describe("listNotices", () => {
  it("shows what went to the subscriber about this certificate, when and to whom, newest first", async () => {
    const [certificate, another] = [await by.certificate(here), await by.certificate(here)];
    const at = context.now();
    const first = issuedNotice(context, certificate, at);
    const again = issuedNotice(context, certificate, new Date(at.getTime() + minute), { resent: true });
    const others = issuedNotice(context, another, at);
    const toAdministrators = await noticesToAdministrators(context, {
      tenantId: here.tenantId,
      kind: "revocation",
      certificateIds: [certificate.certificateId],
      actor,
      at,
    });
    for (const notice of [first, again, others, ...toAdministrators])
      await context.commit([context.notices.addNotice(notice)]);
    await context.notices.markSent(first, new Date(at.getTime() + 2000));
    const to = certificate.certificateEmail;
    const mails = ["subscriber-download", "subscriber-credential"];
    expect(await listNotices(context, certificate)).toEqual({
      notices: [
        { to, mails, requestedAt: again.createdAt, resent: true },
        { to, mails, requestedAt: first.createdAt, sentAt: "2026-11-22T03:00:02.000Z", resent: false },
      ],
    });
  });

  it("keeps what was sent until the certificate is long over", async () => {
    const certificate = await by.certificate(here);
    const notice = issuedNotice(context, certificate, context.now());
    await context.commit([context.notices.addNotice(notice)]);
    await context.notices.markSent(notice, context.now());
    const item = await by.client.get("AccessTable", {
      pk: `T#${here.tenantId}#N#${notice.noticeId}`,
      sk: "notice",
    });
    expect(item?.["expires"]).toBeGreaterThan(Date.parse(certificate.notAfter) / 1000);
  });

  it("refuses what is not the caller's, and an administrator's certificate, as unknown", async () => {
    const there = await by.place();
    const { certificateId } = await by.certificate(there);
    expect(await refusal(listNotices(context, { tenantId: here.tenantId, certificateId }))).toMatchObject({
      kind: "notFound",
    });
  });
});
